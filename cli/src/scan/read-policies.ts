import { tmpdir } from "node:os";
import type { PolicyConfiguration } from "@plumbline/policy/configuration/policy-configuration";
import { regoFileKind } from "@plumbline/policy/rego/policy-files";
import type { RegoInput } from "@plumbline/policy/rego/rego-input";
import type { ScanFailure } from "@plumbline/policy/scan/scan-report";
import { readPolicyDirectory } from "./policy-directory.ts";

/** The policies of a directory: what a scan takes of them. */
export interface ReadPolicies {
  policyConfiguration?: PolicyConfiguration;
  rego?: RegoInput;
  /** Path → text of policies in Sentinel. */
  sentinel?: ReadonlyMap<string, string>;
  failures: ScanFailure[];
}

/**
 * Reads `plumbline-policy.yaml`, Rego and its data from a directory. What is wrong in them makes the scan fail, never
 * laxer. OPA is looked for on `searchPath`.
 */
export async function readPolicies(directory: string, searchPath: string | undefined): Promise<ReadPolicies> {
  const { root, configuration, rego: files } = readPolicyDirectory(directory);
  const read: ReadPolicies = { failures: [] };
  if (configuration !== undefined) {
    const { readPolicyConfiguration } = await import("@plumbline/policy/configuration/read-policy-configuration");
    const { configuration: policyConfiguration, problems } = readPolicyConfiguration(
      configuration.text,
      configuration.file,
    );
    if (problems.length === 0) read.policyConfiguration = policyConfiguration;
    for (const { message, ...place } of problems)
      read.failures.push({
        message,
        next: "Correct the policy; until then the defaults hold.",
        places: [place],
      });
  }
  const sentinel = [...files].filter(([file]) => regoFileKind(file, root) === "sentinel");
  if (sentinel.length > 0) read.sentinel = new Map(sentinel);
  const policies = [...files.keys()].filter((file) => regoFileKind(file, root) === "policy");
  if (policies.length === 0) return read;
  const { findOpa } = await import("@plumbline/policy/rego/find-opa");
  const { Problem } = await import("@plumbline/contract/errors");
  const places = policies.map((file) => ({ file, line: 1 }));
  let opa: string | undefined;
  try {
    opa = await findOpa({ searchPath: searchPath ?? "" });
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    read.failures.push({
      message: fault.message,
      next: "Install OPA again, or put another one on PATH.",
      places,
    });
    return read;
  }
  if (opa !== undefined) read.rego = { opa, files, root, directory: tmpdir() };
  else
    read.failures.push({
      message: "The Rego policies were not evaluated: there is no opa on PATH.",
      next: "Install OPA 0.70 or newer, or name a directory of policies without Rego.",
      places,
    });
  return read;
}
