import type { Tx } from "../platform/database/pools.ts";

/** Which sealed variable. `component`: a component's name, or `common`. */
export interface VariableKey {
  repositoryId: string;
  environment: string;
  component: string;
  name: string;
}

/** One version without its value. */
export interface VariableVersion extends VariableKey {
  version: number;
  setBy: string;
  setAt: Date;
}

/** The id of a repository by name; undefined where there is none. */
export async function repositoryByName(tx: Tx, name: string): Promise<{ id: string } | undefined> {
  return tx.selectFrom("repositories").select("repository_id as id").where("name", "=", name).executeTakeFirst();
}

/** The newest version number of a variable, 0 where it has none; others wait until the commit. */
export async function lockNewestVersion(tx: Tx, key: VariableKey): Promise<number> {
  // The repository's row stands for all its variables: the first version has no row of its own to lock.
  await tx
    .selectFrom("repositories")
    .select("name")
    .where("repository_id", "=", key.repositoryId)
    .forUpdate()
    .execute();
  const row = await tx
    .selectFrom("sealed_variable_versions")
    .select(({ fn }) => fn.max("version").as("version"))
    .where("repository_id", "=", key.repositoryId)
    .where("environment", "=", key.environment)
    .where("component", "=", key.component)
    .where("name", "=", key.name)
    .executeTakeFirst();
  return Number(row?.version ?? 0);
}

/** Adds a version. */
export async function insertVersion(
  tx: Tx,
  organizationId: string,
  variable: VariableKey & { version: number; id: string; sealed: Buffer; createdBy: string; createdAt: Date },
): Promise<void> {
  await tx
    .insertInto("sealed_variable_versions")
    .values({
      organization_id: organizationId,
      repository_id: variable.repositoryId,
      environment: variable.environment,
      component: variable.component,
      name: variable.name,
      version: variable.version,
      variable_version_id: variable.id,
      sealed: variable.sealed,
      created_by: variable.createdBy,
      created_at: variable.createdAt,
    })
    .execute();
}

/** All versions of a repository's variables, newest first within each. */
export async function selectVersions(tx: Tx, repositoryId: string, environment?: string): Promise<VariableVersion[]> {
  return tx
    .selectFrom("sealed_variable_versions as versions")
    .innerJoin("people", (join) =>
      join
        .onRef("people.organization_id", "=", "versions.organization_id")
        .onRef("people.person_id", "=", "versions.created_by"),
    )
    .select([
      "versions.repository_id as repositoryId",
      "versions.environment",
      "versions.component",
      "versions.name",
      "versions.version",
      "people.name as setBy",
      "versions.created_at as setAt",
    ])
    .where("versions.repository_id", "=", repositoryId)
    .$if(environment !== undefined, (query) => query.where("versions.environment", "=", environment ?? ""))
    .orderBy("versions.environment")
    .orderBy("versions.component")
    .orderBy("versions.name")
    .orderBy("versions.version", "desc")
    .execute();
}

/** The sealed value of one version. */
export async function sealedValue(
  tx: Tx,
  key: VariableKey & { version: number },
): Promise<{ id: string; sealed: Buffer } | undefined> {
  return tx
    .selectFrom("sealed_variable_versions")
    .select(["variable_version_id as id", "sealed"])
    .where("repository_id", "=", key.repositoryId)
    .where("environment", "=", key.environment)
    .where("component", "=", key.component)
    .where("name", "=", key.name)
    .where("version", "=", key.version)
    .executeTakeFirst();
}
