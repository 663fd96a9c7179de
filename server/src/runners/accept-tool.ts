import type { LockedTool, Tool } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announce } from "../platform/live.ts";
import { presentTool } from "./list-tools.ts";
import { selectRunners } from "./runner-store.ts";
import type { RunnersContext } from "./runners-context.ts";
import { selectTools, upsertTool } from "./tool-store.ts";

/**
 * Accepts a binary by its hash; what waited for it goes on. One that is accepted already stays as it is, except that a
 * release it can be fetched from is added. Throws `conflict` where the hash is known as something else.
 */
export async function acceptTool(context: RunnersContext, actor: Actor, tool: LockedTool): Promise<Tool> {
  authorize(actor, "runner.administer");
  return context.db.transaction(actor.organizationId, async (tx) => {
    await context.lockQueue(tx, actor.organizationId);
    const known = (await selectTools(tx)).find(({ sha256 }) => sha256 === tool.sha256);
    if (
      known !== undefined &&
      (known.name !== tool.name || known.version !== tool.version || known.platform !== tool.platform)
    )
      throw problem(
        "already_exists",
        `The binary ${tool.sha256} is known as ${known.name} ${known.version} for ${known.platform}, not as ${tool.name} ${tool.version} for ${tool.platform}.`,
        { next: "Correct name, version and platform, or the hash." },
      );
    const isNew = known === undefined || known.withdrawnAt !== null;
    const archive = tool.archive ?? known?.archive ?? null;
    if (isNew || (known.archive === null && archive !== null)) {
      await upsertTool(tx, actor.organizationId, { ...tool, archive }, { name: actor.name, at: context.clock.now() });
      await recordAudit(tx, actor, {
        action: "tool.accepted",
        text: `${actor.name} accepted ${tool.name} ${tool.version} for ${tool.platform}`,
        details: { ...tool, archive },
      });
      await announce(tx, actor.organizationId, ["runners"]);
      await context.enginesChanged(tx, actor.organizationId);
    }
    const accepted = (await selectTools(tx)).find(({ sha256 }) => sha256 === tool.sha256);
    if (accepted === undefined) throw new Error("the tool that was just stored is gone");
    const runners = (await selectRunners(tx)).filter(({ revokedAt }) => revokedAt === null);
    return presentTool(accepted, runners);
  });
}
