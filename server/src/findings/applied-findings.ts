import { covers, waiverEnd } from "@plumbline/policy/gate/waiver";
import type { Tx } from "../platform/database/pools.ts";
import { readRules } from "../repositories/policy-repository.ts";
import type { FindingsContext } from "./findings-context.ts";
import { gateRules } from "./gate-rules.ts";
import { openFindingsOf } from "./known-finding-store.ts";

/** What of a finding of what is applied to a workspace decides how controls stand. */
export interface AppliedFinding {
  fingerprint: string;
  rule: string;
  address: string | null;
  file: string | null;
}

/** Findings by some rules of what is applied, by workspace id. */
export async function appliedFindings(tx: Tx, rules: Iterable<string>): Promise<Map<string, AppliedFinding[]>> {
  return Map.groupBy(await openFindingsOf(tx, [...rules]), ({ workspaceId }) => workspaceId);
}

/** Tells of a repository's findings and of names of controls whether a waiver on its main lets them pass now. */
export async function waiversInForce(
  context: FindingsContext,
  where: { organizationId: string; repositoryId: string },
): Promise<(finding: { rule: string; address: string | null; file: string | null }, environment: string) => boolean> {
  const { waivers } = gateRules(await readRules(context, where));
  const now = context.clock.now();
  const inForce = waivers.filter((waiver) => waiverEnd(waiver) > now);
  return ({ rule, address, file }, environment) =>
    inForce.some((waiver) =>
      covers(
        waiver,
        { rule, ...(address === null ? {} : { address }), ...(file === null ? {} : { place: { file } }) },
        environment,
      ),
    );
}
