import type { Db, Tx } from "../platform/database/pools.ts";
import { insertOrganization, organizationByName } from "./organization-store.ts";
import type { Organization } from "./organization-store.ts";

/** Whether the name belongs to an organization already. */
export async function organizationIsTaken(db: Db, name: string): Promise<boolean> {
  return (await db.systemTransaction((tx) => organizationByName(tx, name))) !== undefined;
}

/** Adds an organization in the caller's transaction, which must be that organization's own. */
export async function addOrganization(tx: Tx, organization: Organization): Promise<void> {
  await insertOrganization(tx, organization);
}
