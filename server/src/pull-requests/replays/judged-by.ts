import { waiversFile } from "@plumbline/policy/gate/read-waivers";
import type { Tx } from "../../platform/database/pools.ts";
import { allRepositories } from "../../repositories/find-repository.ts";
import { policyRepository } from "../../repositories/policy-repository.ts";
import type { Repository } from "../../repositories/repository.ts";
import { unplannedWorkspaces } from "../../runs/latest-plans.ts";
import type { PatchSetRecord, PullRequestRecord } from "../pull-request.ts";

/** Whether a change is one of policies, so that people want to know what it would do. */
export function changesPolicies(paths: readonly string[]): boolean {
  return paths.some((path) => path.startsWith("policies/"));
}

/** Whether what is found may be another thing: what merely lets findings pass needs no new judgement. */
export function needsJudgement(paths: readonly string[]): boolean {
  return paths.some((path) => path.startsWith("policies/") && path !== waiversFile);
}

/** The repositories that the policies of one judge: itself, or all of the organization's. */
export async function judgedBy(tx: Tx, repositoryId: string): Promise<Repository[]> {
  const policies = await policyRepository(tx);
  const all = await allRepositories(tx);
  return policies?.repositoryId === repositoryId ? all : all.filter((one) => one.repositoryId === repositoryId);
}

/** Workspaces that a change of policies would judge, with resources and without a plan to try it on. */
export async function unplannedBy(
  tx: Tx,
  change: {
    pullRequest: Pick<PullRequestRecord, "id">;
    patchSet: Pick<PatchSetRecord, "changedPaths">;
    repository: Repository;
  },
): Promise<{ name: string; environment: string }[]> {
  const { pullRequest, patchSet, repository } = change;
  if (!needsJudgement(patchSet.changedPaths)) return [];
  const judged = await judgedBy(tx, repository.repositoryId);
  const found = await unplannedWorkspaces(
    tx,
    judged.map(({ repositoryId }) => repositoryId),
    { without: pullRequest.id },
  );
  return found.map(({ name, environment, repositoryId }) => ({
    environment,
    name: repositoryId === repository.repositoryId ? name : nameIn(judged, repositoryId, name),
  }));
}

/** A workspace of another repository, whose workspaces may be called like those of the first. */
export function nameIn(repositories: readonly Repository[], repositoryId: string, name: string): string {
  const repository = repositories.find((one) => one.repositoryId === repositoryId);
  return repository === undefined ? name : `${repository.name}: ${name}`;
}
