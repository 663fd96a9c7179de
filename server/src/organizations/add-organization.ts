import { problem } from "@plumbline/contract";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/database/pools.ts";
import { insertOrganization, listOrganizations, organizationByName } from "./organization-store.ts";
import type { Organization } from "./organization-store.ts";

/** Whether the name belongs to an organization already. */
export async function organizationIsTaken(db: Db, name: string): Promise<boolean> {
  return (await db.systemTransaction((tx) => organizationByName(tx, name))) !== undefined;
}

/** Adds an organization in the caller's transaction, which must be that organization's own. */
export async function addOrganization(tx: Tx, organization: Organization): Promise<void> {
  await insertOrganization(tx, organization);
}

/** Any number: who sets the installation up waits for whoever does so at the same time. */
const lockKey = 7_206_042;

/** Adds the installation's first organization, in a system transaction. Throws `wrong_status` where there is one. */
export async function addFirstOrganization(tx: Tx, organization: Organization): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(tx);
  if ((await listOrganizations(tx)).length > 0) throw alreadySetUp();
  await insertOrganization(tx, organization);
}

/** What is answered to whoever wants to set up an installation that is. */
export function alreadySetUp(): Error {
  return problem("wrong_status", "This installation is set up already.", {
    next: "Sign in; an administrator adds people and gives them roles.",
  });
}
