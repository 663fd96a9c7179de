import type { Tx } from "../platform/database/pools.ts";
import { repositoryWithId } from "./find-repository.ts";
import { policyRepositoryId, setPolicyRepository } from "./policy-repository-store.ts";
import type { RepositoriesContext } from "./repositories-context.ts";
import { openReader } from "./repository-reader.ts";
import type { OrganizationRules, Rules } from "./repository-rules.ts";
import type { Repository } from "./repository.ts";
import { rulesAt } from "./rules.ts";

/** The repository of the transaction's organization that says policies for all of them; undefined where none does. */
export async function policyRepository(tx: Tx): Promise<Repository | undefined> {
  const repositoryId = await policyRepositoryId(tx);
  return repositoryId === undefined ? undefined : repositoryWithId(tx, repositoryId);
}

/** Names it, or with null none any more; who calls has authorized, and records it. */
export async function keepPolicyRepository(
  tx: Tx,
  organizationId: string,
  repository: Repository | null,
  now: Date,
): Promise<void> {
  await setPolicyRepository(tx, organizationId, repository?.repositoryId ?? null, now);
}

/** What the organization's policy repository says at a commit; null where nothing was pushed to it. */
export async function organizationRulesAt(
  context: Pick<RepositoriesContext, "caches" | "forge">,
  repository: Repository,
  commit: string | null,
): Promise<OrganizationRules | null> {
  if (commit === null) return null;
  const reader = await openReader(context.caches, repository, context.forge.objects(repository));
  const { policyConfiguration, rego, regoTests } = await rulesAt(reader, commit);
  return {
    repository: repository.name,
    policyConfiguration,
    // Other engines take what their own repository says.
    rego: rego.filter(({ path }) => !path.endsWith(".sentinel")),
    regoTests,
  };
}

/** What the organization's policies say now; null where there are none. Not within a transaction. */
export async function organizationRules(
  context: Pick<RepositoriesContext, "db" | "caches" | "forge">,
  organizationId: string,
): Promise<OrganizationRules | null> {
  const policies = await context.db.transaction(organizationId, policyRepository);
  return policies === undefined ? null : organizationRulesAt(context, policies, policies.headCommit);
}

/** A repository's rules at a commit, under what the organization's policy repository says on main. */
export async function rulesUnderOrganization(
  context: Pick<RepositoriesContext, "caches" | "forge">,
  repository: Repository,
  commit: string | null,
  policies: Repository | undefined,
): Promise<Rules> {
  const reader = await openReader(context.caches, repository, context.forge.objects(repository));
  const own = await rulesAt(reader, commit);
  if (policies === undefined || policies.repositoryId === repository.repositoryId) return own;
  return { ...own, organization: await organizationRulesAt(context, policies, policies.headCommit) };
}

/** Main's rules of a repository, within the caller's transaction. */
export async function mainRules(
  tx: Tx,
  context: Pick<RepositoriesContext, "caches" | "forge">,
  repository: Repository,
): Promise<Rules> {
  return rulesUnderOrganization(context, repository, repository.headCommit, await policyRepository(tx));
}

/** Main's rules of a repository. It takes a connection of its own: not within a transaction. */
export async function readRules(
  context: Pick<RepositoriesContext, "db" | "caches" | "forge">,
  { organizationId, repositoryId }: { organizationId: string; repositoryId: string },
): Promise<Rules> {
  const { repository, policies } = await context.db.transaction(organizationId, async (tx) => ({
    repository: await repositoryWithId(tx, repositoryId),
    policies: await policyRepository(tx),
  }));
  return rulesUnderOrganization(context, repository, repository.headCommit, policies);
}

/**
 * What a repository would be judged by with the rules that a commit proposes: its own, or those of the policy repository
 * that holds the commit.
 */
export async function proposedRules(
  context: Pick<RepositoriesContext, "db" | "caches" | "forge">,
  key: { organizationId: string; repositoryId: string },
  proposed: { repositoryId: string; commit: string },
): Promise<Rules> {
  const { organizationId, repositoryId } = key;
  const { repository, proposing, policies } = await context.db.transaction(organizationId, async (tx) => ({
    repository: await repositoryWithId(tx, repositoryId),
    proposing: await repositoryWithId(tx, proposed.repositoryId),
    policies: await policyRepository(tx),
  }));
  return rulesWithProposal(context, repository, { proposing, commit: proposed.commit }, policies);
}

/** The same with what was read already. */
export async function rulesWithProposal(
  context: Pick<RepositoriesContext, "caches" | "forge">,
  repository: Repository,
  { proposing, commit }: { proposing: Repository; commit: string },
  policies: Repository | undefined,
): Promise<Rules> {
  if (proposing.repositoryId === repository.repositoryId)
    return rulesUnderOrganization(context, repository, commit, policies);
  const own = await rulesUnderOrganization(context, repository, repository.headCommit, undefined);
  return { ...own, organization: await organizationRulesAt(context, proposing, commit) };
}
