import type { CodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { EnvironmentsOfPath } from "./environments-of-path.ts";

/** The rules by which changes are judged; always those of main. */
export interface Rules {
  /** Main's commit; null while the repository is empty. */
  commit: string | null;
  /** Text of policies/plumbline-policy.yaml. */
  policyConfiguration: string | null;
  /** Text of policies/waivers.yaml. */
  waivers: string | null;
  /** Policies in Rego and Sentinel, and the data files beside them; not their tests. */
  rego: { path: string; text: string }[];
  regoTests: { path: string; text: string }[];
  codeOwners: CodeOwners;
  /** Which of the possible files the owners stand in. */
  codeOwnersFile: string;
  /** Undefined while the repository is empty, or main's configuration is wrong. */
  configuration: Configuration | undefined;
  /** Whose files are, as that configuration says. */
  environmentsOf: EnvironmentsOfPath;
  /** What the organization's policy repository says; null where it has none, and for that repository itself. */
  organization: OrganizationRules | null;
}

/** Policies that hold for every repository of an organization. Paths are those within the policy repository. */
export interface OrganizationRules {
  /** Its name. */
  repository: string;
  policyConfiguration: string | null;
  rego: { path: string; text: string }[];
  regoTests: { path: string; text: string }[];
}
