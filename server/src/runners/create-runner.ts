import type { Runner } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announce } from "../platform/live.ts";
import { presentRunner } from "./present-runner.ts";
import { insertRunner, runnerByName } from "./runner-store.ts";
import { newSecret } from "../people/secrets.ts";
import type { RunnersContext } from "./runners-context.ts";

/**
 * Registers a runner for environments (patterns) and answers its token, which is nowhere else in clear. Throws
 * `conflict` where the name is taken; names of revoked runners stay taken, so that the log is unambiguous.
 */
export async function createRunner(
  context: RunnersContext,
  actor: Actor,
  request: { name: string; environments: string[] },
): Promise<{ token: string; runner: Runner }> {
  authorize(actor, "runner.administer");
  const { text: token, hash: tokenHash } = newSecret("runner");
  return context.db.transaction(actor.organizationId, async (tx) => {
    if (await runnerByName(tx, request.name))
      throw problem("already_exists", `There is or was a runner “${request.name}”. Choose another name.`);
    const runner = {
      id: context.newId(),
      name: request.name,
      environments: [...new Set(request.environments)],
      createdAt: context.clock.now(),
    };
    await insertRunner(tx, actor.organizationId, { ...runner, tokenHash });
    await announce(tx, actor.organizationId, ["runners"]);
    await recordAudit(tx, actor, {
      action: "runner.registered",
      text: `${actor.name} registered runner ${runner.name} for ${runner.environments.join(", ")}`,
      details: { runner: runner.name, environments: runner.environments },
    });
    const record = { ...runner, version: null, capacity: null, engines: [], lastSeenAt: null, revokedAt: null };
    return { token, runner: presentRunner(record, { busy: 0, accepted: new Set(), now: context.clock.now() }) };
  });
}
