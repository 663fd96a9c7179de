import type { Tx } from "../platform/database/pools.ts";

/** An organization: the tenant. */
export interface Organization {
  id: string;
  name: string;
}

/** All organizations; needs a system transaction. */
export async function listOrganizations(tx: Tx): Promise<Organization[]> {
  return tx.selectFrom("organizations").select(["organization_id as id", "name"]).orderBy("name").execute();
}

/** The organization of that name, if there is one. */
export async function organizationByName(tx: Tx, name: string): Promise<Organization | undefined> {
  return tx
    .selectFrom("organizations")
    .select(["organization_id as id", "name"])
    .where("name", "=", name)
    .executeTakeFirst();
}

/** Adds an organization. */
export async function insertOrganization(tx: Tx, organization: Organization): Promise<void> {
  await tx.insertInto("organizations").values({ organization_id: organization.id, name: organization.name }).execute();
}
