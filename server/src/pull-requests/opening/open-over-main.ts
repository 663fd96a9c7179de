import { problem } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { nextNumber } from "../../organizations/numbers.ts";
import { peopleOf } from "../../people/find-people.ts";
import type { PersonView } from "../../people/find-people.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { appliedWorkspaces } from "../../repositories/applied-workspaces.ts";
import type { AppliedWorkspaceRow } from "../../repositories/applied-workspaces.ts";
import { lockedRepository, repositoryWithId } from "../../repositories/find-repository.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";
import type { Repository } from "../../repositories/repository.ts";
import { rulesAt } from "../../repositories/rules.ts";
import { addContributors } from "../patch-sets/patch-set-store.ts";
import type { PatchSetDraft } from "../patch-sets/patch-set-draft.ts";
import { storePatchSet } from "../patch-sets/store-patch-set.ts";
import { insertPullRequest } from "../pull-request-store.ts";
import type { NewPullRequest } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { requireProposer } from "./may-propose.ts";

/** Main as it is while a pull request is drafted over it. */
export interface MainNow {
  repository: Repository;
  /** Its commit. */
  base: string;
  reader: RepositoryReader;
  /** Its workspaces, by name. */
  rows: ReadonlyMap<string, AppliedWorkspaceRow>;
  people: readonly PersonView[];
  /** Throws `not_allowed` unless the actor may, by main's rules, propose to each of these environments. */
  requireProposer(environments: readonly string[]): Promise<void>;
}

/** A pull request that nobody pushed. */
export interface Drafted {
  pullRequest: Omit<NewPullRequest, "id" | "number" | "organizationId" | "repositoryId" | "openedBy">;
  draft: PatchSetDraft;
  /** Whose commit it is; null where it has none. */
  pushedBy: string | null;
  /** What the audit entry says beside the title. */
  details: Record<string, unknown>;
  /** What else is stored in the same transaction, which plans are made over. */
  alongside?: (tx: Tx, pullRequestId: string) => Promise<void>;
}

/** One that was opened. */
interface Opened {
  id: string;
  number: number;
  repository: Repository;
  /** What its first patch set is. */
  commit: string;
}

/**
 * Opens a pull request over main as it is, the actor as who opened it; where main moves while it is drafted, it is
 * drafted anew. Throws `wrong_status` where main is empty; `next` says what to do then.
 */
export async function openOverMain(
  context: PullRequestsContext,
  actor: Actor,
  repositoryId: string,
  draftOver: (main: MainNow) => Promise<Drafted>,
  next?: string,
): Promise<Opened> {
  for (;;) {
    const main = await mainNow(context, actor, repositoryId, next);
    const drafted = await draftOver(main);
    const stored = await store(context, actor, main, drafted);
    if (stored !== undefined) return { ...stored, repository: main.repository, commit: drafted.draft.commit };
  }
}

async function mainNow(
  context: PullRequestsContext,
  actor: Actor,
  repositoryId: string,
  next: string | undefined,
): Promise<MainNow> {
  const { repository, rows, people } = await context.db.transaction(actor.organizationId, async (tx) => ({
    repository: await repositoryWithId(tx, repositoryId),
    rows: await appliedWorkspaces(tx, repositoryId),
    people: await peopleOf(tx),
  }));
  const base = repository.headCommit;
  if (base === null) throw problem("wrong_status", `${repository.name} is empty.`, next === undefined ? {} : { next });
  const reader = await openReader(context.caches, repository, context.forge.objects(repository));
  return {
    repository,
    base,
    reader,
    rows,
    people,
    async requireProposer(environments) {
      const person = people.find(({ id }) => id === actor.id);
      requireProposer(actor, environments, await rulesAt(reader, base), person);
    },
  };
}

/** Undefined where main has moved since the draft. */
async function store(
  context: PullRequestsContext,
  actor: Actor,
  { repository: { repositoryId }, base, people }: MainNow,
  { pullRequest, draft, pushedBy, details, alongside }: Drafted,
): Promise<{ id: string; number: number } | undefined> {
  const { organizationId } = actor;
  const openedBy = actor.kind === "person" ? actor.id : null;
  return context.db.transaction(organizationId, async (tx) => {
    const locked = await lockedRepository(tx, repositoryId);
    if (locked.headCommit !== base) return undefined;
    const added = { id: context.newId(), number: await nextNumber(tx, organizationId, "pull_request") };
    await insertPullRequest(tx, { ...pullRequest, ...added, organizationId, repositoryId, openedBy });
    if (openedBy !== null)
      await addContributors(tx, organizationId, added.id, [{ personId: openedBy, reason: "opened" }]);
    await storePatchSet(tx, context, {
      pullRequest: { ...added, organizationId, repositoryId },
      draft,
      previous: undefined,
      kind: "pushed",
      pushedBy,
      people,
      mayPlan: true,
    });
    await alongside?.(tx, added.id);
    await recordAudit(tx, actor, {
      action: "pull_request.opened",
      text: `${actor.name} opened #${added.number}: ${pullRequest.title}`,
      pullRequest: added.number,
      details: { repository: locked.name, purpose: pullRequest.purpose, ...details },
    });
    return added;
  });
}
