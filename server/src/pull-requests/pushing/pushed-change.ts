import { problem } from "@plumbline/contract";
import { recordAudit } from "../../audit/record-audit.ts";
import type { PreparedPush, Push, PushedRef, RepositoryObjects } from "../../forges/forge.ts";
import { nextNumber } from "../../organizations/numbers.ts";
import { peopleOf } from "../../people/find-people.ts";
import type { PersonView } from "../../people/find-people.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { lockedRepository, repositoryWithId } from "../../repositories/find-repository.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import { organizationRules } from "../../repositories/policy-repository.ts";
import { rulesAt } from "../../repositories/rules.ts";
import type { Repository } from "../../repositories/repository.ts";
import { workspacesByName } from "../../repositories/sync-workspaces.ts";
import { choosePullRequest } from "./choose-pull-request.ts";
import type { OpenPullRequest, PushWords } from "./choose-pull-request.ts";
import { requireProposer } from "../opening/may-propose.ts";
import { lookAround } from "../patch-sets/foreign-inputs.ts";
import { draftPatchSet } from "../patch-sets/patch-set-draft.ts";
import type { PatchSetDraft } from "../patch-sets/patch-set-draft.ts";
import { addContributors, newestPatchSets } from "../patch-sets/patch-set-store.ts";
import type { PullRequestRecord } from "../pull-request.ts";
import { insertPullRequest, openPullRequests, setTitleAndTicket } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { storePatchSet } from "../patch-sets/store-patch-set.ts";

/** What is known of a change when its push is judged. */
interface Prepared {
  draft: PatchSetDraft;
  people: PersonView[];
  chosen: OpenPullRequest | null;
}

/** Works out a pushed change and checks the right to propose it; `accept` stores it and starts its plans. */
export async function preparePushedChange(
  context: PullRequestsContext,
  push: Push,
  ref: PushedRef,
  words: PushWords,
): Promise<PreparedPush> {
  let prepared = await prepare(context, push, ref, words, push.objects);
  return {
    async accept() {
      for (;;) {
        const stored = await store(context, push, ref, words, prepared);
        if (stored !== null) {
          await keepCommits(context, push, stored.pullRequest.number, stored.patchSet, prepared.draft);
          return {
            ref: ref.ref,
            shownAs: `refs/pull/${stored.pullRequest.number}/head`,
            from: stored.before ?? ref.from,
            to: ref.to,
            messages: newsFor(context, stored, prepared.draft),
          };
        }
        // Main moved between judging and storing. The objects are accepted now: read them where they are.
        prepared = await prepare(context, push, ref, words, context.forge.objects(push.key));
      }
    },
  };
}

async function prepare(
  context: PullRequestsContext,
  push: Push,
  ref: PushedRef,
  words: PushWords,
  objects: RepositoryObjects,
): Promise<Prepared> {
  const { organizationId } = push.actor;
  const reader = await openReader(context.caches, push.key, objects);
  const { people, head, open, applied } = await context.db.transaction(organizationId, async (tx) => {
    const repository = await repositoryWithId(tx, push.key.repositoryId);
    const rows = await workspacesByName(tx, push.key.repositoryId);
    return {
      people: await peopleOf(tx),
      head: repository.headCommit,
      open: await openWithPatchSets(tx, push.key.repositoryId),
      applied: new Map(
        [...rows].flatMap(([name, row]) => (row.appliedCodeCommit ? [[name, row.appliedCodeCommit]] : [])),
      ),
    };
  });
  if (head === null) throw problem("push_refused", "The repository is empty.");
  const mergeBase = await objects.mergeBase(head, ref.to);
  if (mergeBase === null)
    throw problem("push_refused", "This shares no history with main.", {
      next: "Clone the repository, make the change there and push that.",
    });
  if (mergeBase === ref.to)
    throw problem("push_refused", "There is nothing new in this push: main holds it already.", {
      next: "Commit a change first.",
    });
  const draft = await draftPatchSet(reader, {
    base: head,
    commit: ref.to,
    mergeBase,
    at: context.clock.now(),
    applied,
    people,
    organization: await organizationRules(context, organizationId),
    lookAround: lookAround(context, organizationId, push.key.repositoryId),
  });
  const rules = await rulesAt(reader, head);
  const person = people.find((one) => one.id === push.actor.id);
  requireProposer(push.actor, draft.environments, rules, person);
  return { draft, people, chosen: choosePullRequest(words, push.actor.id, draft.commits, open) };
}

async function openWithPatchSets(tx: Tx, repositoryId: string): Promise<OpenPullRequest[]> {
  const open = await openPullRequests(tx, repositoryId);
  const newest = await newestPatchSets(
    tx,
    open.map((pullRequest) => pullRequest.id),
  );
  return open.flatMap((pullRequest) => {
    const patchSet = newest.get(pullRequest.id);
    return patchSet === undefined ? [] : [{ pullRequest, patchSet }];
  });
}

interface Stored {
  pullRequest: Pick<PullRequestRecord, "number" | "title">;
  patchSet: number;
  isNew: boolean;
  before: string | null;
  plans: number;
}

/** Stores what was prepared; null where main or the chosen pull request moved meanwhile. */
async function store(
  context: PullRequestsContext,
  push: Push,
  ref: PushedRef,
  words: PushWords,
  { draft, people, chosen }: Prepared,
): Promise<Stored | null> {
  const { actor } = push;
  return context.db.transaction(actor.organizationId, async (tx) => {
    const repository = await lockedRepository(tx, push.key.repositoryId);
    if (repository.headCommit !== draft.base) return null;
    const open = await openWithPatchSets(tx, repository.repositoryId);
    const now = choosePullRequest(words, actor.id, draft.commits, open);
    if (now?.pullRequest.id !== chosen?.pullRequest.id || now?.patchSet.id !== chosen?.patchSet.id) return null;
    const pullRequest = chosen?.pullRequest ?? (await openNew(tx, context, push, repository, words, draft));
    const ticket = words.ticket ?? (chosen === null ? null : draft.ticket);
    await setTitleAndTicket(tx, pullRequest.id, {
      ...(chosen !== null && words.title !== null ? { title: words.title } : {}),
      ...(ticket === null ? {} : { ticket }),
    });
    const plans = await storePatchSet(tx, context, {
      pullRequest,
      draft,
      previous: chosen?.patchSet,
      kind: "pushed",
      pushedBy: actor.id,
      people,
      mayPlan: true,
    });
    const patchSet = (chosen?.patchSet.number ?? 0) + 1;
    await recordAudit(tx, actor, {
      action: chosen === null ? "pull_request.opened" : "pull_request.pushed",
      text:
        chosen === null
          ? `${actor.name} opened #${pullRequest.number}: ${pullRequest.title}`
          : `${actor.name} pushed patch set ${patchSet} of #${pullRequest.number}`,
      pullRequest: pullRequest.number,
      details: {
        repository: repository.name,
        patchSet,
        commit: ref.to,
        base: draft.base,
        paths: draft.changedPaths.slice(0, 200),
        workspaces: draft.affected.map((workspace) => workspace.name),
      },
    });
    return { pullRequest, patchSet, isNew: chosen === null, before: chosen?.patchSet.commit ?? null, plans };
  });
}

async function openNew(
  tx: Tx,
  context: PullRequestsContext,
  push: Push,
  repository: Repository,
  words: PushWords,
  draft: PatchSetDraft,
): Promise<Pick<PullRequestRecord, "organizationId" | "id" | "number" | "repositoryId" | "title">> {
  const { actor } = push;
  const { organizationId } = actor;
  const { repositoryId } = repository;
  const first = draft.commits.at(-1);
  const title = (words.title ?? first?.subject ?? "").trim().slice(0, 200) || "A change without a subject";
  const added = {
    organizationId,
    id: context.newId(),
    number: await nextNumber(tx, organizationId, "pull_request"),
    repositoryId,
    title,
  };
  await insertPullRequest(tx, {
    ...added,
    purpose: movesPinsOnly(draft) ? "promotion" : "change",
    description: "",
    ticket: words.ticket ?? draft.ticket,
    topic: words.topic,
    openedBy: actor.id,
    workspaces: null,
    revertsNumber: null,
    driftCase: null,
  });
  if (actor.id !== null)
    await addContributors(tx, organizationId, added.id, [{ personId: actor.id, reason: "opened" }]);
  return added;
}

/** A change of nothing but environment.yaml files that takes over commits is a promotion, however it was made. */
function movesPinsOnly(draft: PatchSetDraft): boolean {
  const onlyRules = draft.changedPaths.every((path) => /^environments\/.+\/environment\.yaml$/.test(path));
  return (
    onlyRules && draft.changedPaths.length > 0 && (draft.promotedPaths.length > 0 || draft.promotedCommits.length > 0)
  );
}

/** Where nothing prunes them, and whoever reviews can fetch them. */
async function keepCommits(
  context: PullRequestsContext,
  push: Push,
  number: number,
  patchSet: number,
  draft: PatchSetDraft,
): Promise<void> {
  const refs = [
    { name: `pull/${number}/head`, commit: draft.commit },
    { name: `pull/${number}/${patchSet}`, commit: draft.commit },
  ];
  if (draft.trialCommit !== null && draft.trialCommit !== draft.commit)
    refs.push({ name: `plumbline/trial/${number}`, commit: draft.trialCommit });
  await context.forge.keep(push.key, refs);
}

function newsFor(context: PullRequestsContext, stored: Stored, draft: PatchSetDraft): string[] {
  const { number, title } = stored.pullRequest;
  const lines = [
    "",
    stored.isNew ? `Opened pull request #${number}: ${title}` : `Patch set ${stored.patchSet} of #${number}: ${title}`,
    `  ${context.publicUrl}/pull-requests/${number}`,
  ];
  if (draft.conflicts !== null) lines.push(`It does not merge with main: ${draft.conflicts.slice(0, 5).join(", ")}`);
  else if (draft.problems.length > 0) {
    lines.push("The configuration is wrong:");
    for (const one of draft.problems.slice(0, 5)) lines.push(`  ${one.file}:${one.line ?? 1}: ${one.message}`);
  } else if (stored.plans > 0)
    lines.push(stored.plans === 1 ? "1 workspace is planned." : `${stored.plans} workspaces are planned.`);
  else lines.push("It affects no workspace that has to be planned now.");
  return [...lines, ""];
}
