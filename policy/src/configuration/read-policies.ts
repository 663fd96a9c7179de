import type { PolicyConfiguration } from "./policy-configuration.ts";
import { readPolicyConfiguration } from "./read-policy-configuration.ts";
import type { ConfigurationProblem } from "./read-policy-configuration.ts";
import { underOrganization } from "./under-organization.ts";

const policyFile = "policies/plumbline-policy.yaml";

/** The policy files that hold for a repository; a text is null where there is no such file. */
export interface PolicyTexts {
  policyConfiguration: string | null;
  /** Undefined or null where the organization has no policy repository. */
  organization?: { repository: string; policyConfiguration: string | null } | null | undefined;
}

/** How a file of the organization's policy repository is called elsewhere: `rules:policies/x.rego`. */
export function organizationPath(repository: string, path: string): string {
  return `${repository}:${path}`;
}

/** Reads both files and lays the repository's over the organization's. With problems nothing may pass by it. */
export function readPolicies({ policyConfiguration, organization }: PolicyTexts): {
  configuration: PolicyConfiguration;
  problems: ConfigurationProblem[];
} {
  const own = readPolicyConfiguration(policyConfiguration ?? "version: 1\n", policyFile);
  const text = organization?.policyConfiguration ?? null;
  if (!organization || text === null) return own;
  const outer = readPolicyConfiguration(text, organizationPath(organization.repository, policyFile));
  return {
    configuration: underOrganization(own.configuration, outer.configuration),
    problems: [...outer.problems, ...own.problems],
  };
}
