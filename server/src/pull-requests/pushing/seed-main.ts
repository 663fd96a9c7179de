import { problem } from "@plumbline/contract";
import { authorize } from "../../access/authorize.ts";
import { waiversFile } from "@plumbline/policy/gate/read-waivers";
import { noteWaivers } from "../../findings/note-waivers.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import type { PreparedPush, Push, PushedRef } from "../../forges/forge.ts";
import { announce } from "../../platform/live.ts";
import { lockedRepository } from "../../repositories/find-repository.ts";
import { moveMain, publishMain } from "../../repositories/move-main.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import type { Repository } from "../../repositories/repository.ts";
import { declaredWorkspaces } from "../../repositories/sync-workspaces.ts";
import { checkTree } from "./check-push.ts";
import { lookAround, missingOutputs } from "../patch-sets/foreign-inputs.ts";
import { policyProblems } from "../patch-sets/policy-problems.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { rejudgeAfter } from "../replays/rejudge-organization.ts";

/** The first commits of an empty repository, by an administrator; recorded, and possible once. */
export async function prepareSeed(
  context: PullRequestsContext,
  push: Push,
  ref: PushedRef,
  repository: Repository,
): Promise<PreparedPush> {
  const { actor, objects } = push;
  authorize(actor, "repository.seed");
  if ((await objects.treeOf(ref.to)) === undefined) throw problem("push_refused", "What is pushed is not a commit.");
  const entries = await objects.list(ref.to);
  checkTree(entries, context.git);
  const reader = await openReader(context.caches, push.key, objects);
  const snapshot = await reader.snapshot(ref.to);
  const paths = entries.map(({ path }) => path);
  const { configuration, problems: mistakes } = await reader.configuration(ref.to);
  const around = lookAround(context, actor.organizationId, repository.repositoryId);
  const problems = [
    ...mistakes,
    ...(configuration === undefined
      ? []
      : [...(await missingOutputs(configuration, snapshot)), ...(await around(configuration))]),
    ...(await policyProblems(undefined, snapshot, paths, context.clock.now())),
  ];
  const [first] = problems;
  if (first !== undefined)
    throw problem("configuration_wrong", `The configuration is wrong: ${first.message}`, {
      places: problems.slice(0, 20).map(({ file, line }) => ({ file, line: line ?? 1 })),
      next: "Correct it and push again; main is still empty.",
    });
  const state = await reader.state(ref.to);
  const waivers = (await snapshot.text(waiversFile)) ?? null;
  const declared = state === undefined ? [] : declaredWorkspaces(state);
  return {
    async accept() {
      await context.db.transaction(actor.organizationId, async (tx) => {
        const locked = await lockedRepository(tx, repository.repositoryId);
        if (locked.headCommit !== null)
          throw problem("push_refused", "main takes no pushes: it is not empty any more.");
        await moveMain(tx, context, locked, ref.to, declared);
        await announce(tx, actor.organizationId, ["overview"]);
        await rejudgeAfter(tx, locked.repositoryId);
        const { organizationId, repositoryId } = locked;
        await noteWaivers(tx, context, actor, { organizationId, repositoryId, text: waivers, pullRequest: null });
        await recordAudit(tx, actor, {
          action: "repository.seeded",
          text: `${actor.name} pushed the first commits of ${repository.name}`,
          details: { repository: repository.name, commit: ref.to, files: entries.length },
        });
      });
      await publishMain(context, push.key, ref.to);
      const count = declared.length === 1 ? "1 workspace" : `${declared.length} workspaces`;
      return {
        ref: ref.ref,
        shownAs: ref.ref,
        from: ref.from,
        to: ref.to,
        messages: [`main is set; it declares ${count}. From now on changes go to refs/for/main.`],
      };
    },
  };
}
