import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announce } from "../platform/live.ts";
import { markRevoked, runnerByName } from "./runner-store.ts";
import type { RunnersContext } from "./runners-context.ts";

/**
 * Ends a runner's token. From here on all its calls are refused, so the leases of what it runs end as those of a lost
 * runner do. Again does nothing.
 */
export async function revokeRunner(context: RunnersContext, actor: Actor, name: string): Promise<void> {
  authorize(actor, "runner.administer");
  await context.db.transaction(actor.organizationId, async (tx) => {
    const runner = await runnerByName(tx, name);
    if (runner === undefined) throw problem("not_found", `There is no runner “${name}”.`);
    if (runner.revokedAt !== null) return;
    await markRevoked(tx, runner.id, context.clock.now());
    await announce(tx, actor.organizationId, ["runners"]);
    await recordAudit(tx, actor, {
      action: "runner.revoked",
      text: `${actor.name} revoked runner ${name}`,
      details: { runner: name },
    });
  });
}
