import { createHash } from "node:crypto";

/** What of a repository's rules decides which findings there are. */
export interface JudgingPolicies {
  policyConfiguration: string | null;
  rego: readonly { path: string; text: string }[];
}

/**
 * SHA-256 (hex) over the policies that something is judged by, the organization's too: judgements under different ones
 * say nothing of each other. Waivers and tests of policies are not in it; they change no judgement.
 */
export function policiesDigest(
  policies: JudgingPolicies & { organization?: JudgingPolicies | null | undefined },
): string {
  const { organization } = policies;
  const parts = [...partsOf(policies), ...(organization ? partsOf(organization) : [])];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/**
 * What a workspace is judged under: the policies, and the place that tells which part of them holds for it. A change of
 * its layer or environment is judged anew like one of the policies.
 */
export function judgedUnder(digest: string, { environment, layer }: { environment: string; layer: string }): string {
  return `${digest} ${environment} ${layer}`;
}

function partsOf({ policyConfiguration, rego }: JudgingPolicies): unknown[] {
  const sorted = rego.toSorted((left, right) => (left.path < right.path ? -1 : 1));
  return [policyConfiguration, sorted.map(({ path, text }) => [path, text])];
}
