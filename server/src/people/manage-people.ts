import { givesRight, problem } from "@plumbline/contract";
import type { RoleBinding } from "@plumbline/contract";
import { recordAudit } from "../audit/record-audit.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { PeopleContext } from "./people-context.ts";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { hashPassword } from "./passwords.ts";
import {
  insertPerson,
  listPeople as allPeople,
  personByName,
  setAddresses,
  setRoles,
  updatePerson,
} from "./person-store.ts";
import type { PersonRecord } from "./person-store.ts";
import { reviewStreams } from "./open-stream.ts";
import { endAllSecrets } from "./session-store.ts";

/** A person to be added. */
export interface NewPerson {
  name: string;
  displayName: string;
  email?: string | undefined;
  addresses: string[];
  password?: string | undefined;
  roles: RoleBinding[];
}

/** What may be changed; what is absent stays. */
export interface PersonChange {
  displayName?: string | undefined;
  email?: string | null | undefined;
  addresses?: string[] | undefined;
  password?: string | undefined;
  roles?: RoleBinding[] | undefined;
  disabled?: boolean | undefined;
}

/** Everybody, for those who may read the organization; himself alone for who is kept to clients. */
export async function listPeople(context: PeopleContext, actor: Actor): Promise<PersonRecord[]> {
  authorize(actor, "organization.read");
  const people = await context.db.transaction(actor.organizationId, allPeople);
  return keptToClients(actor) ? people.filter(({ id }) => id === actor.id) : people;
}

/** Adds a person with roles. Throws `conflict` where the name or an address is somebody's already. */
export async function createPerson(context: PeopleContext, actor: Actor, person: NewPerson): Promise<PersonRecord> {
  authorize(actor, "people.administer");
  const organizationId = actor.organizationId;
  const id = context.newId();
  const passwordHash = person.password === undefined ? null : await hashPassword(person.password);
  return context.db.transaction(organizationId, async (tx) => {
    if (await personByName(tx, person.name))
      throw problem("already_exists", `There is somebody named ${person.name} already.`);
    const addresses = [...person.addresses, ...(person.email === undefined ? [] : [person.email])];
    await refuseForeignAddresses(tx, id, addresses);
    await insertPerson(tx, {
      organizationId,
      id,
      name: person.name,
      displayName: person.displayName,
      email: person.email ?? null,
      passwordHash,
    });
    await setRoles(tx, organizationId, id, person.roles);
    await setAddresses(tx, organizationId, id, addresses);
    const created = await mustExist(tx, person.name);
    await recordAudit(tx, actor, {
      action: "person.created",
      text: `${actor.name} added ${person.name}`,
      details: { person: person.name, roles: created.roles, addresses: created.addresses },
    });
    return created;
  });
}

/**
 * Changes a person. A new password or being disabled ends all his sessions and tokens. The last administrator can
 * neither be disabled nor lose the role.
 */
export async function changePerson(
  context: PeopleContext,
  actor: Actor,
  name: string,
  change: PersonChange,
): Promise<PersonRecord> {
  authorize(actor, "people.administer");
  const passwordHash = change.password === undefined ? undefined : await hashPassword(change.password);
  return context.db.transaction(actor.organizationId, async (tx) => {
    const before = await mustExist(tx, name);
    await updatePerson(tx, before.id, {
      ...(change.displayName === undefined ? {} : { displayName: change.displayName }),
      ...(change.email === undefined ? {} : { email: change.email }),
      ...(passwordHash === undefined ? {} : { passwordHash }),
      ...(change.disabled === undefined ? {} : { disabledAt: change.disabled ? new Date() : null }),
    });
    if (change.roles !== undefined) await setRoles(tx, actor.organizationId, before.id, change.roles);
    if (change.addresses !== undefined || change.email !== undefined) {
      const email = change.email === undefined ? before.email : change.email;
      const addresses = [
        ...(change.addresses ?? before.addresses.filter((address) => address !== before.email?.toLowerCase())),
        ...(email === null ? [] : [email]),
      ];
      await refuseForeignAddresses(tx, before.id, addresses);
      await setAddresses(tx, actor.organizationId, before.id, addresses);
    }
    if (passwordHash !== undefined || change.disabled === true) await endAllSecrets(tx, before.id);
    const after = await mustExist(tx, name);
    if (!(await allPeople(tx)).some(isAdministrator))
      throw problem("wrong_status", `${name} is the last administrator; make somebody else one first.`);
    await reviewStreams(tx, actor.organizationId, before.id);
    await recordAudit(tx, actor, {
      action: "person.changed",
      text: `${actor.name} changed ${name}`,
      details: {
        person: name,
        changed: Object.keys(change).filter((key) => change[key as keyof PersonChange] !== undefined),
        roles: { before: before.roles, after: after.roles },
        addresses: { before: before.addresses, after: after.addresses },
        disabled: after.disabledAt !== null,
      },
    });
    return after;
  });
}

function isAdministrator(person: PersonRecord): boolean {
  return person.disabledAt === null && person.roles.some((binding) => givesRight(binding, "people.administer"));
}

async function mustExist(tx: Tx, name: string): Promise<PersonRecord> {
  const person = await personByName(tx, name);
  if (person === undefined) throw problem("not_found", `There is nobody named ${name}.`);
  return person;
}

async function refuseForeignAddresses(tx: Tx, personId: string, addresses: readonly string[]): Promise<void> {
  const wanted = new Set(addresses.map((address) => address.toLowerCase()));
  for (const person of await allPeople(tx)) {
    const shared = person.id === personId ? undefined : person.addresses.find((address) => wanted.has(address));
    if (shared !== undefined) throw problem("already_exists", `The address ${shared} is ${person.name}'s already.`);
  }
}
