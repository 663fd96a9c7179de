import type { MainCommit } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { refuseKeptToClients } from "../access/kept-to-clients.ts";
import { readAppliedState, whyNotApplied } from "../pull-requests/gate/applied-environments.ts";
import { pullRequestNumbersOf } from "../pull-requests/merging/merged-as.ts";
import type { PullRequestsContext } from "../pull-requests/pull-requests-context.ts";
import { findRepository } from "../repositories/find-repository.ts";
import { openReader } from "../repositories/repository-reader.ts";

const mostCommits = 50;

/** The newest commits of main with the environments in which each has applied cleanly. */
export async function listMainCommits(context: PullRequestsContext, actor: Actor, name: string): Promise<MainCommit[]> {
  const repository = await findRepository(context, actor, name);
  refuseKeptToClients(actor, "read the history of main");
  const { headCommit, repositoryId } = repository;
  if (headCommit === null) return [];
  const reader = await openReader(context.caches, repository, context.forge.objects(repository));
  const commits = await reader.objects.firstParents(headCommit, mostCommits);
  const { configuration } = await reader.configuration(headCommit);
  const ids = commits.map((commit) => commit.id);
  const { state, numbers } = await context.db.transaction(actor.organizationId, async (tx) => ({
    numbers: await pullRequestNumbersOf(tx, ids),
    state:
      configuration === undefined ? undefined : await readAppliedState(tx, context, repositoryId, configuration, ids),
  }));
  return Promise.all(
    commits.map(async (commit) => {
      const applied: string[] = [];
      for (const environment of configuration?.environments ?? [])
        if (state !== undefined && (await whyNotApplied(reader, state, environment.name, commit.id)) === null)
          applied.push(environment.name);
      return {
        id: commit.id,
        subject: commit.subject,
        author: commit.author.name,
        at: new Date(commit.at).toISOString(),
        pullRequest: numbers.get(commit.id) ?? null,
        applied,
      };
    }),
  );
}
