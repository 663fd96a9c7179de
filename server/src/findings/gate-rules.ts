import { createHash } from "node:crypto";
import { effectivePolicy } from "@plumbline/policy/configuration/effective-policy";
import type { EffectivePolicy } from "@plumbline/policy/configuration/effective-policy";
import type { PolicyConfiguration } from "@plumbline/policy/configuration/policy-configuration";
import { readPolicyConfiguration } from "@plumbline/policy/configuration/read-policy-configuration";
import { readWaivers, waiversFile } from "@plumbline/policy/gate/read-waivers";
import type { Waiver } from "@plumbline/policy/gate/waiver";
import type { CodeOwners } from "@plumbline/contract/configuration/code-owners";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import { findComponent } from "@plumbline/contract/configuration/configuration";
import type { Finding } from "@plumbline/contract";
import type { Rules } from "../repositories/rules.ts";

const policyFile = "policies/plumbline-policy.yaml";

/** What of a commit's rules findings are weighed by. */
export interface GateRules {
  configuration: PolicyConfiguration;
  /** The policy file cannot be read as it stands: nothing may pass by what is left of it. */
  broken: boolean;
  waivers: Waiver[];
  codeOwners: CodeOwners;
  repository: Configuration | undefined;
  /** SHA-256 over what decides which findings there are: the policy file and the Rego files. */
  digest: string;
}

/** Reads them from rules, which are main's, or those that a change of policies would make main's. */
export function gateRules(
  rules: Pick<Rules, "policyConfiguration" | "waivers" | "rego" | "codeOwners" | "configuration">,
): GateRules {
  const { configuration, problems } = readPolicyConfiguration(rules.policyConfiguration ?? "version: 1\n", policyFile);
  const rego = rules.rego.toSorted((left, right) => (left.path < right.path ? -1 : 1));
  const parts = [rules.policyConfiguration, rego.map(({ path, text }) => [path, text])];
  return {
    configuration,
    broken: problems.length > 0,
    waivers: rules.waivers === null ? [] : readWaivers(rules.waivers, waiversFile).waivers,
    codeOwners: rules.codeOwners,
    repository: rules.configuration,
    digest: createHash("sha256").update(JSON.stringify(parts)).digest("hex"),
  };
}

/** What holds for one workspace. */
export function policyFor(rules: GateRules, workspace: { environment: string; layer: string }): EffectivePolicy {
  return effectivePolicy(rules.configuration, workspace.environment, workspace.layer);
}

/** The code owners on main of what a finding is about: of its file, else of the component's code. */
export function ownersOf(rules: GateRules, finding: Pick<Finding, "place">, component: string): string[] {
  const code = rules.repository && findComponent(rules.repository, component);
  const file = finding.place?.file ?? (code === undefined ? undefined : `${code.path}/main.tf`);
  return file === undefined ? [] : [...(rules.codeOwners.ownersOf(file)?.owners ?? [])];
}
