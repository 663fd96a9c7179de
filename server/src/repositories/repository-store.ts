import type { Tx } from "../platform/database/pools.ts";
import type { Repository } from "./repository.ts";

const columns = [
  "organization_id as organizationId",
  "repository_id as repositoryId",
  "name",
  "forge",
  "head_commit as headCommit",
  "created_at as createdAt",
] as const;

/** The organization's repositories by name. */
export async function listRepositories(tx: Tx): Promise<Repository[]> {
  return tx.selectFrom("repositories").select(columns).orderBy("name").execute();
}

export async function repositoryByName(tx: Tx, name: string): Promise<Repository | undefined> {
  return tx.selectFrom("repositories").select(columns).where("name", "=", name).executeTakeFirst();
}

export async function repositoryById(tx: Tx, repositoryId: string): Promise<Repository | undefined> {
  return tx.selectFrom("repositories").select(columns).where("repository_id", "=", repositoryId).executeTakeFirst();
}

/** The repository, locked until the commit: whoever moves main or adds a patch set holds it. */
export async function lockRepository(tx: Tx, repositoryId: string): Promise<Repository | undefined> {
  return tx
    .selectFrom("repositories")
    .select(columns)
    .where("repository_id", "=", repositoryId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function insertRepository(
  tx: Tx,
  repository: Pick<Repository, "organizationId" | "repositoryId" | "name" | "forge">,
): Promise<void> {
  await tx
    .insertInto("repositories")
    .values({
      organization_id: repository.organizationId,
      repository_id: repository.repositoryId,
      name: repository.name,
      forge: repository.forge,
    })
    .execute();
}

export async function setHeadCommit(tx: Tx, repositoryId: string, commit: string): Promise<void> {
  await tx.updateTable("repositories").set({ head_commit: commit }).where("repository_id", "=", repositoryId).execute();
}
