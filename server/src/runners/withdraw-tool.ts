import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announce } from "../platform/live.ts";
import type { RunnersContext } from "./runners-context.ts";
import { markWithdrawn, selectTools } from "./tool-store.ts";

/** Takes a binary off the tool lock: no run starts with it any more; one that runs ends as it would have. Again does nothing. */
export async function withdrawTool(context: RunnersContext, actor: Actor, sha256: string): Promise<void> {
  authorize(actor, "runner.administer");
  await context.db.transaction(actor.organizationId, async (tx) => {
    await context.lockQueue(tx, actor.organizationId);
    const tool = (await selectTools(tx)).find((one) => one.sha256 === sha256);
    if (tool === undefined) throw problem("not_found", `Nobody has accepted a tool with the SHA-256 ${sha256}.`);
    if (tool.withdrawnAt !== null) return;
    await markWithdrawn(tx, sha256, { name: actor.name, at: context.clock.now() });
    await recordAudit(tx, actor, {
      action: "tool.withdrawn",
      text: `${actor.name} withdrew ${tool.name} ${tool.version} for ${tool.platform}`,
      details: { name: tool.name, version: tool.version, platform: tool.platform, sha256 },
    });
    await announce(tx, actor.organizationId, ["runners"]);
    await context.enginesChanged(tx, actor.organizationId);
  });
}
