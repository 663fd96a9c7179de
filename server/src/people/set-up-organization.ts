import { problem } from "@plumbline/contract";
import type { RoleBinding } from "@plumbline/contract";
import { recordAudit } from "../audit/record-audit.ts";
import { addOrganization, organizationIsTaken } from "../organizations/add-organization.ts";
import type { PeopleContext } from "./people-context.ts";
import { systemActor } from "../access/actor.ts";
import { hashPassword } from "./passwords.ts";
import { insertPerson, setAddresses, setRoles } from "./person-store.ts";

/** The first administrator of a new organization. */
export interface FirstAdministrator {
  name: string;
  displayName: string;
  email: string;
  password: string;
}

/**
 * Makes an organization with its first administrator. Done by whoever operates the installation, from the machine
 * itself, never over the network. Answers the organization's id. Throws `conflict` where the name is taken.
 */
export async function setUpOrganization(
  context: PeopleContext,
  name: string,
  first: FirstAdministrator,
): Promise<string> {
  const organizationId = context.newId();
  const personId = context.newId();
  const passwordHash = await hashPassword(first.password);
  const roles: RoleBinding[] = [{ role: "administrator", environments: "*" }];
  const taken = await organizationIsTaken(context.db, name);
  if (taken) throw problem("already_exists", `There is an organization “${name}” already.`);
  await context.db.transaction(organizationId, async (tx) => {
    await addOrganization(tx, { id: organizationId, name });
    await insertPerson(tx, { organizationId, id: personId, ...first, passwordHash });
    await setRoles(tx, organizationId, personId, roles);
    await setAddresses(tx, organizationId, personId, [first.email]);
    await recordAudit(tx, systemActor(organizationId, name), {
      action: "organization.created",
      text: `Organization ${name} was set up with ${first.name} as its first administrator`,
      details: { organization: name, administrator: first.name },
    });
  });
  return organizationId;
}
