import { mkdir, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import type { ProgramResult } from "../rego/run-program.ts";
import { objectAt, objectsAt, stringAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Reading, ScannerFinding, ScannerSubject } from "./scanner.ts";
import type { ScannerWorkspace } from "./workspace.ts";

/**
 * Runs each `policies/*.sentinel` by `sentinel apply`, whose exit code is its answer: 0 passed, 1 failed, everything else
 * not judged. `tfplan/v2` is handed in as a static import made from the plan.
 */
export async function runSentinel(
  subject: ScannerSubject,
  { directory, plan }: ScannerWorkspace,
  { scanner }: Reading,
  start: (args: readonly string[]) => Promise<ProgramResult>,
): Promise<ScannerFinding[]> {
  const policies = [...(subject.policies ?? [])].filter(([path]) => path.endsWith(".sentinel"));
  if (policies.length === 0) return [];
  if (plan === undefined) throw new Error("Sentinel policies judge plans, and there is none");
  const folder = join(directory, "sentinel");
  await mkdir(folder);
  await writeFile(join(folder, "tfplan-v2.json"), JSON.stringify(tfplanOf(subject.plan)));
  await writeFile(join(folder, "sentinel.hcl"), configuration);
  const findings: ScannerFinding[] = [];
  for (const [position, [path, text]] of policies.entries()) {
    const file = join(folder, `policy-${position}.sentinel`);
    await writeFile(file, text);
    const { exitCode, stdout, stderr } = await start([
      "apply",
      "-color=false",
      `-config=${join(folder, "sentinel.hcl")}`,
      file,
    ]);
    const name = posix.basename(path, ".sentinel");
    if (exitCode === 1)
      findings.push({ scanner, rule: name, title: `The policy ${path} fails`, severity: "high", addresses: [] });
    else if (exitCode !== 0)
      throw new Error(`${path} could not be evaluated: ${(stderr.trim() || stdout.trim()).slice(-500)}`);
  }
  return findings;
}

const configuration = `import "static" "tfplan/v2" {
  source = "./tfplan-v2.json"
  format = "json"
}
`;

/** The plan as the import `tfplan/v2` shows it: the lists of `show -json` are maps by address. */
function tfplanOf(plan: unknown): JsonObject {
  const byAddress = (entries: readonly JsonObject[]): JsonObject =>
    Object.fromEntries(entries.map((entry) => [stringAt(entry, "address") ?? "", entry]));
  const planned = objectAt(plan, "planned_values");
  return {
    terraform_version: stringAt(plan, "terraform_version") ?? "",
    variables: Object.fromEntries(
      Object.entries(objectAt(plan, "variables")).map(([name, variable]) => [
        name,
        { name, value: objectAt({ variable }, "variable")["value"] ?? null },
      ]),
    ),
    planned_values: {
      outputs: objectAt(planned, "outputs"),
      resources: byAddress(resourcesIn(objectAt(planned, "root_module"))),
    },
    resource_changes: byAddress(objectsAt(plan, "resource_changes")),
    resource_drift: byAddress(objectsAt(plan, "resource_drift")),
    output_changes: objectAt(plan, "output_changes"),
  };
}

function resourcesIn(module: JsonObject): JsonObject[] {
  return [...objectsAt(module, "resources"), ...objectsAt(module, "child_modules").flatMap(resourcesIn)];
}
