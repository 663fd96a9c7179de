import type { Severity } from "@plumbline/contract";
import { covers, waiverEnd } from "@plumbline/policy/gate/waiver";
import type { Tx } from "../platform/database/pools.ts";
import { readRules } from "../repositories/policy-repository.ts";
import type { FindingsContext } from "./findings-context.ts";
import { gateRules } from "./gate-rules.ts";
import { openKnownFindings } from "./known-finding-store.ts";

/** A finding of what is applied to a workspace. */
export interface AppliedFinding {
  fingerprint: string;
  rule: string;
  severity: Severity;
  title: string;
  address: string | null;
  file: string | null;
  owners: readonly string[];
}

/** Findings of what is applied, by repository, component and environment as `appliedKey` writes them. */
export async function appliedFindings(tx: Tx): Promise<Map<string, AppliedFinding[]>> {
  return Map.groupBy(await openKnownFindings(tx), (row) => appliedKey(row));
}

/** Names a workspace over all repositories of an organization. */
export function appliedKey(one: { repository: string; component: string; environment: string }): string {
  return JSON.stringify([one.repository, one.component, one.environment]);
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
