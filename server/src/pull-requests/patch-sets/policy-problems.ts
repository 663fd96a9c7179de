import { readPolicyConfiguration } from "@plumbline/policy/configuration/read-policy-configuration";
import { readPolicies } from "@plumbline/policy/configuration/read-policies";
import { checkNewWaivers, readWaivers, waiversFile } from "@plumbline/policy/gate/read-waivers";
import type { OrganizationRules } from "../../repositories/repository-rules.ts";
import type { Snapshot } from "../../repositories/snapshot.ts";
import type { PatchSetProblem } from "../pull-request.ts";

const policyFile = "policies/plumbline-policy.yaml";

/** Nobody reads more of them at once, and they are kept with the patch set. */
const mostProblems = 200;

/**
 * What is wrong with the policy files that a change brings. How long a new waiver may last is said by main, not by the
 * change, and by the organization where it allows less; `before` is undefined for the first commits, which have only themselves.
 */
export async function policyProblems(
  before: Pick<Snapshot, "text"> | undefined,
  after: Pick<Snapshot, "text">,
  changedPaths: readonly string[],
  now: Date,
  organization: OrganizationRules | null = null,
): Promise<PatchSetProblem[]> {
  const found: { message: string; file: string; line: number; column?: number }[] = [];
  if (changedPaths.includes(policyFile))
    found.push(...readPolicyConfiguration((await after.text(policyFile)) ?? "version: 1\n", policyFile).problems);
  if (changedPaths.includes(waiversFile)) {
    const [old, text, policy] = await Promise.all([
      before?.text(waiversFile),
      after.text(waiversFile),
      (before ?? after).text(policyFile),
    ]);
    const { configuration } = readPolicies({ policyConfiguration: policy ?? null, organization });
    const { waivers, problems } = readWaivers(text ?? "");
    const limits = { now, maxDays: configuration.waiverMaxDays };
    found.push(...problems, ...checkNewWaivers(readWaivers(old ?? "").waivers, waivers, limits));
  }
  return found.slice(0, mostProblems).map(({ message, file, line, column }) => ({
    message,
    file,
    line,
    column: column ?? null,
    proposal: null,
  }));
}
