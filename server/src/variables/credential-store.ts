import type { Tx } from "../platform/database/pools.ts";

/** The phase of a run that receives a credential. */
export type CredentialPhase = "plan" | "apply";

/** A credential without its values. */
export interface CredentialRecord {
  id: string;
  name: string;
  phase: CredentialPhase;
  variables: string[];
  updatedBy: string;
  updatedAt: Date;
}

/** Stores a credential, in place of what was there. */
export async function upsertCredential(
  tx: Tx,
  organizationId: string,
  credential: Omit<CredentialRecord, "updatedBy"> & { sealed: Buffer; updatedBy: string },
): Promise<void> {
  const values = {
    credential_id: credential.id,
    sealed: credential.sealed,
    variable_names: credential.variables,
    updated_by: credential.updatedBy,
    updated_at: credential.updatedAt,
  };
  await tx
    .insertInto("credentials")
    .values({ organization_id: organizationId, name: credential.name, phase: credential.phase, ...values })
    .onConflict((conflict) => conflict.columns(["organization_id", "name", "phase"]).doUpdateSet(values))
    .execute();
}

/** All credentials by name and phase. */
export async function selectCredentials(tx: Tx): Promise<CredentialRecord[]> {
  return tx
    .selectFrom("credentials")
    .innerJoin("people", (join) =>
      join
        .onRef("people.organization_id", "=", "credentials.organization_id")
        .onRef("people.person_id", "=", "credentials.updated_by"),
    )
    .select([
      "credentials.credential_id as id",
      "credentials.name",
      "credentials.phase",
      "credentials.variable_names as variables",
      "people.name as updatedBy",
      "credentials.updated_at as updatedAt",
    ])
    .orderBy("credentials.name")
    .orderBy("credentials.phase")
    .execute();
}

/** The sealed values of a credential. */
export async function sealedCredential(
  tx: Tx,
  name: string,
  phase: CredentialPhase,
): Promise<{ id: string; sealed: Buffer } | undefined> {
  return tx
    .selectFrom("credentials")
    .select(["credential_id as id", "sealed"])
    .where("name", "=", name)
    .where("phase", "=", phase)
    .executeTakeFirst();
}
