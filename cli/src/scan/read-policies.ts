import { readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PolicyConfiguration } from "@plumbline/policy/configuration/policy-configuration";
import type { RegoInput } from "@plumbline/policy/rego/rego-input";
import type { ScanFailure } from "@plumbline/policy/scan/scan-report";
import { UsageFault } from "../command/faults.ts";
import { shownPath } from "./shown-path.ts";

/** The policies of a directory: what a scan takes of them. */
export interface ReadPolicies {
  policyConfiguration?: PolicyConfiguration;
  rego?: RegoInput;
  failures: ScanFailure[];
}

/** Reads `plumbline-policy.yaml` and `*.rego` of a directory. What is wrong in them makes the scan fail, never laxer. */
export async function readPolicies(directory: string, searchPath: string | undefined): Promise<ReadPolicies> {
  const names = list(directory);
  const texts = new Map(
    names
      .filter((name) => name === "plumbline-policy.yaml" || /(?<!_test)\.rego$/.test(name))
      .map((name) => [name, readFileSync(join(directory, name), "utf8")]),
  );
  const read: ReadPolicies = { failures: [] };
  const configuration = texts.get("plumbline-policy.yaml");
  if (configuration !== undefined) {
    const { readPolicyConfiguration } = await import("@plumbline/policy/configuration/read-policy-configuration");
    const file = shownPath(join(directory, "plumbline-policy.yaml"));
    const { configuration: policyConfiguration, problems } = readPolicyConfiguration(configuration, file);
    if (problems.length === 0) read.policyConfiguration = policyConfiguration;
    for (const { message, ...place } of problems)
      read.failures.push({ message, next: "Correct the policy; until then the defaults hold.", places: [place] });
  }
  texts.delete("plumbline-policy.yaml");
  if (texts.size === 0) return read;
  const { findOpa } = await import("@plumbline/policy/rego/find-opa");
  const opa = await findOpa(undefined, searchPath ?? "");
  const files = new Map([...texts].map(([name, text]) => [shownPath(join(directory, name)), text]));
  if (opa !== undefined) read.rego = { opa, files, directory: tmpdir() };
  else
    read.failures.push({
      message: "The Rego policies were not evaluated: there is no opa on PATH.",
      next: "Install OPA 0.70 or newer, or name a directory of policies without Rego.",
      places: [...files.keys()].map((file) => ({ file, line: 1 })),
    });
  return read;
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory).toSorted();
  } catch {
    throw new UsageFault(`${directory} is not a directory.`, "--policies names the directory with the policies.");
  }
}
