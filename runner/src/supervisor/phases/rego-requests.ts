import type { CheckInput } from "@plumbline/contract/jobs";
import type { CheckRequest, RegoRequest } from "@plumbline/policy/check-request";
import { organizationPath } from "@plumbline/policy/configuration/read-policies";
import { policyRoot } from "@plumbline/policy/rego/policy-files";

interface PolicyFile {
  path: string;
  text: string;
}

/** What OPA has to evaluate, the repository's policies and the organization's; nothing where there are none. */
export function regoRequests(check: CheckInput, opa: string): Pick<CheckRequest, "rego" | "organizationRego"> {
  const rego = request(opa, check.rego, check.regoTests ?? []);
  const { organization } = check;
  if (organization === undefined) return rego === undefined ? {} : { rego };
  const inIts = (files: readonly PolicyFile[]) =>
    files.map(({ path, text }) => ({ path: organizationPath(organization.repository, path), text }));
  const outer = request(opa, inIts(organization.rego), inIts(organization.regoTests ?? []));
  const root = organizationPath(organization.repository, policyRoot);
  return {
    ...(rego === undefined ? {} : { rego }),
    ...(outer === undefined ? {} : { organizationRego: { ...outer, root } }),
  };
}

function request(opa: string, policies: readonly PolicyFile[], tests: readonly PolicyFile[]): RegoRequest | undefined {
  if (policies.length + tests.length === 0) return undefined;
  const byPath = (files: readonly PolicyFile[]) => Object.fromEntries(files.map(({ path, text }) => [path, text]));
  return { opa, files: byPath(policies), directory: "/tmp", ...(tests.length > 0 ? { tests: byPath(tests) } : {}) };
}
