import { createHash } from "node:crypto";
import type { Severity } from "@plumbline/contract/findings";
import { isObject, objectAt, objectsAt, stringAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { PlannedResource, Reading, ScannerFinding } from "./scanner.ts";
import type { ScannerWorkspace } from "./workspace.ts";

/** How Trivy is called: with the checks that are built in, and without asking anybody for newer ones. */
export function trivyArguments({ plan, sources, directory }: ScannerWorkspace): string[] {
  const offline = ["--skip-check-update", "--skip-version-check", "--disable-telemetry", "--quiet"];
  // Its defaults are files of the working directory; these are empty.
  const own = ["--cache-dir", `${directory}/cache`, "--timeout", "60m"];
  return ["config", ...offline, ...own, "--format", "json", plan ?? sources];
}

/**
 * Reads Trivy's JSON. Of a plan it makes sources of its own, in which modules and instances have lost their names: they
 * are found again as far as that is possible. Throws where it is none.
 */
export function readTrivy(text: string, reading: Reading): ScannerFinding[] {
  const answer: unknown = JSON.parse(text);
  if (!isObject(answer) || typeof answer["SchemaVersion"] !== "number") throw new Error("its answer is no report");
  const results = objectsAt(answer, "Results");
  const findings = results.flatMap((result) =>
    objectsAt(result, "Misconfigurations")
      .filter((found) => stringAt(found, "Status") === "FAIL")
      .map((found) => toFinding(found, stringAt(result, "Target") ?? "", reading)),
  );
  return reading.isPlan ? withAddresses(findings, reading.resources) : findings;
}

const severities: Readonly<Record<string, Severity>> = {
  CRITICAL: "critical",
  HIGH: "high",
  MEDIUM: "medium",
  LOW: "low",
};

function toFinding(found: JsonObject, target: string, reading: Reading): ScannerFinding {
  const cause = objectAt(found, "CauseMetadata");
  const resource = stringAt(cause, "Resource") ?? "";
  const rule = (stringAt(found, "ID") ?? "unknown").replace(/^AVD-/, "");
  const severity = severities[stringAt(found, "Severity") ?? ""];
  const help = stringAt(found, "PrimaryURL");
  const line = Number(cause["StartLine"]);
  return {
    scanner: reading.scanner,
    rule,
    title: stringAt(found, "Title") ?? rule,
    ...(severity === undefined ? {} : { severity }),
    // A module or a nested block is named where the cause lies in one; the place tells the resource.
    addresses: /^[a-z]\w*_\w+\.[\w-]+/.test(resource) ? [resource] : [],
    ...(reading.isPlan ? {} : { place: { file: reading.sourceOf(target), line: line >= 1 ? line : 1 } }),
    ...(help === undefined ? {} : { help }),
  };
}

/**
 * In the sources that it makes of a plan a resource of a module is called `name_<md5 of the module's address>`, and all
 * instances of a block the same. As many results as there are instances are one for each.
 */
function withAddresses(findings: readonly ScannerFinding[], resources: readonly PlannedResource[]): ScannerFinding[] {
  const byName = Map.groupBy(resources, nameInTrivy);
  const groups = Map.groupBy(findings, ({ rule, addresses }) => `${rule} ${addresses[0] ?? ""}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const instances = (byName.get(first?.addresses[0] ?? "") ?? []).map(({ address }) => address);
    if (first === undefined || instances.length === 0) return group;
    return group.length >= instances.length
      ? instances.map((address) => ({ ...first, addresses: [address] }))
      : [{ ...first, addresses: instances }];
  });
}

function nameInTrivy({ moduleAddress, type, name }: PlannedResource): string {
  const suffix = moduleAddress === "" ? "" : `_${createHash("md5").update(moduleAddress).digest("hex")}`;
  return `${type}.${name}${suffix}`;
}
