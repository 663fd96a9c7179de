import { readWaivers } from "@plumbline/policy/gate/read-waivers";
import { waiverKey } from "@plumbline/policy/gate/waiver";
import type { Waiver } from "@plumbline/policy/gate/waiver";
import { recordAudit } from "../audit/record-audit.ts";
import type { AuditActor, AuditEntry } from "../audit/record-audit.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { FindingsContext } from "./findings-context.ts";
import { introduceWaiver, removeWaiver, renewWaiver, waiversOnRecord } from "./waiver-store.ts";

/**
 * Notes what has become of a repository's waivers with a new main: which came, which were prolonged or shortened, which
 * are gone. `text` is the file as main has it now; in the transaction that moves main, each with its audit entry.
 */
export async function noteWaivers(
  tx: Tx,
  context: Pick<FindingsContext, "clock">,
  actor: AuditActor,
  move: { organizationId: string; repositoryId: string; text: string | null; pullRequest: number | null },
): Promise<void> {
  const { repositoryId, pullRequest } = move;
  const at = context.clock.now();
  const now = new Map(readWaivers(move.text ?? "").waivers.map((waiver) => [waiverKey(waiver), waiver]));
  const before = await waiversOnRecord(tx, repositoryId, "lock");
  const entries: AuditEntry[] = [];
  const tell = (action: AuditEntry["action"], text: string, details: Record<string, unknown>) =>
    entries.push({ action, text, details, ...(pullRequest === null ? {} : { pullRequest }) });
  for (const [key, waiver] of now) {
    const { expires } = waiver;
    const known = before.get(key);
    if (known === undefined) {
      await introduceWaiver(tx, move, { key, expires, at, by: pullRequest });
      tell("waiver.introduced", `${nameOf(waiver)} counts until ${expires}: ${waiver.reason}`, { ...waiver });
    } else if (known.expires !== expires) {
      await renewWaiver(tx, repositoryId, { key, expires, at });
      tell("waiver.renewed", `${nameOf(waiver)} counts until ${expires}, not ${known.expires}`, { ...waiver });
    }
  }
  for (const key of before.keys()) {
    if (now.has(key)) continue;
    await removeWaiver(tx, repositoryId, key, at);
    const [rule, address, environment] = JSON.parse(key) as string[];
    tell("waiver.removed", `the waiver of ${rule} for ${address} in ${environment} is gone`, {
      rule,
      address,
      environment,
    });
  }
  for (const entry of entries) await recordAudit(tx, actor, entry);
}

function nameOf({ rule, address, environment }: Waiver): string {
  return `the waiver of ${rule} for ${address} in ${environment}`;
}
