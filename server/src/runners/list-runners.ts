import type { Runner } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { presentRunner } from "./present-runner.ts";
import { selectRunners } from "./runner-store.ts";
import type { RunnersContext } from "./runners-context.ts";
import { acceptedHashes } from "./tool-queries.ts";

/**
 * All runners with their load, and how many runs wait for one; none for who is kept to clients, whom they do not serve
 * alone.
 */
export async function listRunners(context: RunnersContext, actor: Actor): Promise<{ items: Runner[]; queued: number }> {
  authorize(actor, "organization.read");
  if (keptToClients(actor)) return { items: [], queued: 0 };
  return context.db.transaction(actor.organizationId, async (tx) => {
    const runners = await selectRunners(tx);
    const { busy, queued } = await context.load(tx);
    const accepted = await acceptedHashes(tx);
    const now = context.clock.now();
    const items = runners.map((runner) => presentRunner(runner, { busy: busy.get(runner.id) ?? 0, accepted, now }));
    return { items, queued };
  });
}
