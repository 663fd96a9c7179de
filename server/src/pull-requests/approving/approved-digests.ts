import { liesWithin } from "@plumbline/contract/configuration/repository-path";
import type { Tx } from "../../platform/database/pools.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import { inputOf } from "../../repositories/workspace-input.ts";
import { readFacts } from "../facts.ts";
import type { PullRequestFacts } from "../facts.ts";
import { ownedPaths } from "../facts.ts";
import { gatePeople } from "../gate/gate-of-facts.ts";
import type { GatePerson } from "../gate/gate-input.ts";
import type { AffectedRecord } from "../pull-request.ts";
import { digestAtMerge } from "../patch-sets/patch-set-store.ts";
import { pullRequestById } from "../pull-request-store.ts";
import { approvalsOf } from "./approval-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";

/**
 * Whether a plan of a workspace may be applied for a merged pull request. Nearly always it is the one that the gate had
 * let pass, or one that nobody has seen: then little is read of a pull request that may be large.
 */
export async function isApproved(
  tx: Tx,
  context: PullRequestsContext,
  plan: { pullRequestId: string; workspace: { id: string; name: string }; digest: string },
): Promise<boolean> {
  const { pullRequestId, workspace, digest } = plan;
  const pullRequest = await pullRequestById(tx, pullRequestId);
  if (pullRequest?.status !== "merged") return false;
  if ((await digestAtMerge(tx, pullRequestId, workspace.id)) === digest) return true;
  const isNamed = (await approvalsOf(tx, [pullRequestId])).some((approval) =>
    approval.digests.some((one) => one.workspace === workspace.name && one.digest === digest),
  );
  if (!isNamed) return false;
  const facts = await readFacts(tx, context, pullRequest);
  const row = facts.affected.find((one) => one.workspaceId === workspace.id);
  return row !== undefined && (await approvedDigests(context, facts, row)).has(digest);
}

/**
 * The plan digests of a workspace that may be applied for a merged pull request: the one that the gate had let pass,
 * and those that enough people approved after the merge: an owner for each of the workspace's paths that the change
 * touches, and as many as its environment demands; at least one.
 */
export async function approvedDigests(
  context: PullRequestsContext,
  facts: PullRequestFacts,
  row: AffectedRecord,
): Promise<Set<string>> {
  const approved = new Set(row.approvedDigest === null ? [] : [row.approvedDigest]);
  const named = new Map<string, Set<string>>();
  for (const approval of facts.approvals) {
    if (approval.voidAt !== null) continue;
    for (const { workspace, digest } of approval.digests) {
      if (workspace !== row.workspace || approved.has(digest)) continue;
      named.set(digest, (named.get(digest) ?? new Set()).add(approval.personId));
    }
  }
  if (named.size === 0) return approved;
  const paths = await pathsOf(context, facts, row);
  for (const [digest, personIds] of named) if (isEnough(facts, row, paths, personIds)) approved.add(digest);
  return approved;
}

function isEnough(
  facts: PullRequestFacts,
  row: AffectedRecord,
  paths: readonly string[],
  personIds: ReadonlySet<string>,
): boolean {
  const { codeOwners, configuration } = facts.rules;
  const people = gatePeople(facts).filter((person) => personIds.has(person.id) && person.barred === null);
  const owned = paths.flatMap((path) => {
    const owners = codeOwners.ownersOf(path)?.owners ?? [];
    return owners.length === 0 ? [] : [owners];
  });
  const owns = (person: GatePerson, owners: readonly string[]) => owners.some((owner) => person.owns(owner));
  if (!owned.every((owners) => people.some((person) => owns(person, owners)))) return false;
  const environment = configuration?.environments.find((one) => one.name === row.environment);
  const counting = people.filter(
    (person) => person.mayApproveFor(row.environment) || owned.some((owners) => owns(person, owners)),
  );
  return counting.length >= Math.max(1, environment?.approvals ?? 1);
}

/** The touched paths that this workspace reads; its own files where it is only downstream of the change. */
async function pathsOf(context: PullRequestsContext, facts: PullRequestFacts, row: AffectedRecord): Promise<string[]> {
  const reader = await openReader(context.caches, facts.repository, context.forge.objects(facts.repository));
  const input = await inputOf(reader, row).catch(() => undefined);
  const touched = ownedPaths(facts);
  if (input === undefined) return touched;
  const read = new Set(input.entries.map((entry) => entry.path));
  const common = touched.filter((path) => read.has(path));
  if (common.length > 0) return common;
  return [...read].filter((path) => liesWithin(input.directory, path) || input.varFiles.includes(path));
}
