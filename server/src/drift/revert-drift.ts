import type { PullRequest } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { authorizeReading } from "../access/kept-to-clients.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announce } from "../platform/live.ts";
import { changeCase, findCases } from "./case-store.ts";
import { standing } from "./drift-case.ts";
import type { DriftContext } from "./drift-context.ts";

/**
 * Opens the pull request that undoes what was changed outside: without commits, planned as main declares the
 * workspace, its pin included. Throws `wrong_status` where the case is closed or one is open already.
 */
export async function revertDrift(
  context: DriftContext,
  actor: Actor,
  number: number,
  ticket: string | undefined,
): Promise<PullRequest> {
  authorize(actor, "environment.propose");
  const driftCase = await context.db.transaction(actor.organizationId, async (tx) => {
    const [found] = await findCases(tx, { number });
    if (found === undefined) throw problem("not_found", `There is no drift case ${number}.`);
    authorizeReading(actor, found.environment, () => problem("not_found", `There is no drift case ${number}.`));
    authorize(actor, "environment.propose", found.environment);
    if (standing(found) === "closed")
      throw problem("wrong_status", `Case ${number} is closed; there is nothing to undo.`);
    if (standing(found) === "reverting")
      throw problem("wrong_status", `#${found.pullRequest?.number ?? "?"} undoes it already.`);
    return found;
  });
  const pullRequest = await context.openRevert(actor, {
    repositoryId: driftCase.repositoryId,
    workspace: driftCase.workspace,
    title: `Undo in ${driftCase.workspace}: ${driftCase.title}`.slice(0, 200),
    description: `Case ${number}. What was changed outside is brought back to what main declares; the code stays.`,
    ticket,
    driftCase: number,
  });
  await context.db.transaction(actor.organizationId, async (tx) => {
    const [current] = await findCases(tx, { number });
    if (current === undefined || current.status === "closed") return; // a check closed it meanwhile
    const text = `${actor.name} opened #${pullRequest.number} to undo it`;
    await changeCase(tx, current.id, {
      status: "reverting",
      pullRequest: pullRequest.number,
      timeline: [...current.timeline, { at: context.clock.now().toISOString(), text, actor: actor.name }],
    });
    await announce(tx, actor.organizationId, [`drift-case:${number}`, `workspace:${current.workspace}`, "overview"]);
    await recordAudit(tx, actor, {
      action: "drift_case.reverting",
      text: `${actor.name} opened #${pullRequest.number} to undo case ${number} of ${current.workspace}`,
      workspace: current.workspace,
      environment: current.environment,
      pullRequest: pullRequest.number,
      details: { driftCase: number },
    });
  });
  return pullRequest;
}
