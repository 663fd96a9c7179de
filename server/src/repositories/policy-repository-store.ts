import type { Tx } from "../platform/database/pools.ts";

/** The id of the repository that says policies for the whole organization; undefined where there is none. */
export async function policyRepositoryId(tx: Tx): Promise<string | undefined> {
  const row = await tx.selectFrom("policy_repositories").select("repository_id").executeTakeFirst();
  return row?.repository_id;
}

/** Names it, or with null none any more. */
export async function setPolicyRepository(
  tx: Tx,
  organizationId: string,
  repositoryId: string | null,
  now: Date,
): Promise<void> {
  if (repositoryId === null) {
    await tx.deleteFrom("policy_repositories").where("organization_id", "=", organizationId).execute();
    return;
  }
  await tx
    .insertInto("policy_repositories")
    .values({ organization_id: organizationId, repository_id: repositoryId, named_at: now })
    .onConflict((conflict) =>
      conflict.column("organization_id").doUpdateSet({ repository_id: repositoryId, named_at: now }),
    )
    .execute();
}
