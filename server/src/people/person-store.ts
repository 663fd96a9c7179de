import type { RoleBinding } from "@plumbline/contract";
import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** Who a person is and what he may do. */
export interface KnownPerson {
  organizationId: string;
  id: string;
  name: string;
  displayName: string;
  email: string | null;
  disabledAt: Date | null;
  roles: RoleBinding[];
  addresses: string[];
}

/** A person as stored, with how he signs in. */
export interface PersonRecord extends KnownPerson {
  passwordHash: string | null;
  createdAt: Date;
  tokens: number;
  lastSeenAt: Date | null;
}

function known(tx: Tx) {
  return tx.selectFrom("people").select([
    "people.organization_id as organizationId",
    "people.person_id as id",
    "people.name",
    "people.display_name as displayName",
    "people.email",
    "people.disabled_at as disabledAt",
    sql<
      RoleBinding[]
    >`coalesce((select json_agg(json_build_object('role', role, 'environments', environments) order by role, environments)
      from role_bindings b where b.organization_id = people.organization_id and b.person_id = people.person_id), '[]')`.as(
      "roles",
    ),
    sql<string[]>`coalesce((select json_agg(address order by address)
      from person_addresses a where a.organization_id = people.organization_id and a.person_id = people.person_id), '[]')`.as(
      "addresses",
    ),
  ]);
}

function people(tx: Tx) {
  return known(tx).select((read) => [
    "people.password_hash as passwordHash",
    "people.created_at as createdAt",
    read
      .selectFrom("api_tokens")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .whereRef("api_tokens.organization_id", "=", "people.organization_id")
      .whereRef("api_tokens.person_id", "=", "people.person_id")
      .where("revoked_at", "is", null)
      .$asScalar()
      .$castTo<number>()
      .as("tokens"),
    sql<Date | null>`greatest(
      (select max(created_at) from sessions s where s.organization_id = people.organization_id and s.person_id = people.person_id),
      (select max(last_used_at) from api_tokens t where t.organization_id = people.organization_id and t.person_id = people.person_id))`.as(
      "lastSeenAt",
    ),
  ]);
}

/** Everybody in the organization, by name. */
export async function listPeople(tx: Tx): Promise<PersonRecord[]> {
  return people(tx).orderBy("people.name").execute();
}

/** The person of that name. */
export async function personByName(tx: Tx, name: string): Promise<PersonRecord | undefined> {
  return people(tx).where("people.name", "=", name).executeTakeFirst();
}

/** Who everybody in the organization is, by name. */
export async function everybody(tx: Tx): Promise<KnownPerson[]> {
  return known(tx).orderBy("people.name").execute();
}

/** Who the person of that name in one organization is, for a transaction that sees all of them. */
export async function personOf(tx: Tx, organizationId: string, name: string): Promise<KnownPerson | undefined> {
  return known(tx)
    .where("people.organization_id", "=", organizationId)
    .where("people.name", "=", name)
    .executeTakeFirst();
}

/** Adds a person; his roles and addresses are set apart. */
export async function insertPerson(
  tx: Tx,
  person: Pick<PersonRecord, "organizationId" | "id" | "name" | "displayName" | "email" | "passwordHash">,
): Promise<void> {
  await tx
    .insertInto("people")
    .values({
      organization_id: person.organizationId,
      person_id: person.id,
      name: person.name,
      display_name: person.displayName,
      email: person.email,
      password_hash: person.passwordHash,
    })
    .execute();
}

/** Changes what is given; `undefined` stays as it is. */
export async function updatePerson(
  tx: Tx,
  id: string,
  change: { displayName?: string; email?: string | null; passwordHash?: string; disabledAt?: Date | null },
): Promise<void> {
  const values = {
    ...(change.displayName === undefined ? {} : { display_name: change.displayName }),
    ...(change.email === undefined ? {} : { email: change.email }),
    ...(change.passwordHash === undefined ? {} : { password_hash: change.passwordHash }),
    ...(change.disabledAt === undefined ? {} : { disabled_at: change.disabledAt }),
  };
  if (Object.keys(values).length > 0) await tx.updateTable("people").set(values).where("person_id", "=", id).execute();
}

/** Replaces a person's roles. */
export async function setRoles(
  tx: Tx,
  organizationId: string,
  personId: string,
  roles: readonly RoleBinding[],
): Promise<void> {
  await tx.deleteFrom("role_bindings").where("person_id", "=", personId).execute();
  if (roles.length === 0) return;
  await tx
    .insertInto("role_bindings")
    .values(roles.map((binding) => ({ organization_id: organizationId, person_id: personId, ...binding })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Replaces the addresses that stand in a person's commits; kept in lower case. */
export async function setAddresses(
  tx: Tx,
  organizationId: string,
  personId: string,
  addresses: readonly string[],
): Promise<void> {
  await tx.deleteFrom("person_addresses").where("person_id", "=", personId).execute();
  const distinct = [...new Set(addresses.map((address) => address.toLowerCase()))];
  if (distinct.length === 0) return;
  await tx
    .insertInto("person_addresses")
    .values(distinct.map((address) => ({ organization_id: organizationId, person_id: personId, address })))
    .execute();
}
