import { posix } from "node:path";
import { effectivePolicy } from "@plumbline/policy/configuration/effective-policy";
import type { EffectivePolicy } from "@plumbline/policy/configuration/effective-policy";
import type { PolicyConfiguration } from "@plumbline/policy/configuration/policy-configuration";
import { readPolicies } from "@plumbline/policy/configuration/read-policies";
import { readWaivers, waiversFile } from "@plumbline/policy/gate/read-waivers";
import type { Waiver } from "@plumbline/policy/gate/waiver";
import type { CodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import { findComponent } from "@plumbline/contract/configuration/configuration";
import { comesFromMain, directoryIn } from "@plumbline/contract/configuration/placement";
import type { Finding } from "@plumbline/contract";
import { policiesDigest } from "../repositories/policies-digest.ts";
import type { Rules } from "../repositories/rules.ts";

/** What of a commit's rules findings are weighed by. */
export interface GateRules {
  configuration: PolicyConfiguration;
  /** A policy file, the repository's or the organization's, cannot be read as it stands: nothing may pass by what is left of it. */
  broken: boolean;
  waivers: Waiver[];
  codeOwners: CodeOwners;
  repository: Configuration | undefined;
  /** SHA-256 over what decides which findings there are: policy files and Rego files, the organization's too. */
  digest: string;
}

/** Reads them from rules, which are main's, or those that a change of policies would make main's. */
export function gateRules(
  rules: Pick<Rules, "policyConfiguration" | "waivers" | "rego" | "codeOwners" | "configuration" | "organization">,
): GateRules {
  const { configuration, problems } = readPolicies(rules);
  return {
    configuration,
    broken: problems.length > 0,
    waivers: rules.waivers === null ? [] : readWaivers(rules.waivers, waiversFile).waivers,
    codeOwners: rules.codeOwners,
    repository: rules.configuration,
    digest: policiesDigest(rules),
  };
}

/** Tells which files hold values, or rules, and not code. */
export function valuesOf({ repository }: GateRules): (file: string) => boolean {
  return repository === undefined ? (file) => file.startsWith("environments/") : comesFromMain(repository);
}

/** What holds for one workspace. */
export function policyFor(rules: GateRules, workspace: { environment: string; layer: string }): EffectivePolicy {
  return effectivePolicy(rules.configuration, workspace.environment, workspace.layer);
}

/** The code owners on main of what a finding is about: of its file, else of the component's code. */
export function ownersOf(
  rules: GateRules,
  finding: Pick<Finding, "place">,
  workspace: { component: string; environment: string },
): string[] {
  const code = rules.repository && findComponent(rules.repository, workspace.component);
  const file =
    finding.place?.file ??
    (code === undefined ? undefined : posix.join(directoryIn(code, workspace.environment), "main.tf"));
  return file === undefined ? [] : [...(rules.codeOwners.ownersOf(file)?.owners ?? [])];
}
