import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { entryPackage } from "./prepare.ts";
import type { Policy } from "./prepare.ts";

/**
 * Writes the policies as an OPA bundle, the one form in which a single process takes v0 and v1 side by side
 * (`file_rego_versions` of the manifest), with a module that asks every rule with every input it wants.
 */
export async function writeBundle(directory: string, policies: readonly Policy[]): Promise<void> {
  await mkdir(directory);
  const versions = Object.fromEntries(policies.map((policy) => [`/${policy.file}`, policy.regoVersion]));
  const manifest = { rego_version: 0, file_rego_versions: { ...versions, "/entry.rego": 0 }, roots: [""] };
  await Promise.all([
    writeFile(join(directory, ".manifest"), JSON.stringify(manifest)),
    writeFile(join(directory, "entry.rego"), entryModule(policies)),
    ...policies.map((policy) => writeFile(join(directory, policy.file), policy.text)),
  ]);
}

/**
 * `results` holds `[package, rule, position of the resource or -1, value]`. With `rego.v1` imported the module reads the
 * same in every version of OPA.
 */
function entryModule(policies: readonly Policy[]): string {
  const asked = new Map<string, { reference: string; names: [string, string]; shape: string }>();
  for (const policy of policies)
    for (const rule of policy.rules)
      for (const shape of policy.shapes)
        asked.set(`${policy.package} ${rule} ${shape}`, {
          reference: `data.${policy.package}.${rule}`,
          names: [policy.package, rule],
          shape,
        });
  const rules = [...asked.values()].map(({ reference, names, shape }) => {
    const head = names.map((name) => JSON.stringify(name)).join(", ");
    return shape === "resource"
      ? `results contains [${head}, position, value] if {\n\tsome position, resource in input.resources\n\tvalue := ${reference} with input as resource\n}`
      : `results contains [${head}, -1, value] if {\n\tvalue := ${reference} with input as input.plan\n}`;
  });
  return [`package ${entryPackage}`, "import rego.v1", "results contains [] if false", ...rules].join("\n\n");
}
