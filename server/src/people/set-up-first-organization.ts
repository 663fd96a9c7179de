import type { RoleBinding } from "@plumbline/contract";
import { systemActor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { addFirstOrganization, alreadySetUp } from "../organizations/add-organization.ts";
import type { PeopleDoor } from "./people-context.ts";
import { hashPassword } from "./passwords.ts";
import { insertPerson, setAddresses, setRoles } from "./person-store.ts";
import type { FirstAdministrator } from "./set-up-organization.ts";
import type { SetUpDoor } from "./set-up-door.ts";

/** What setting up over the network needs. */
export interface SetUpContext extends PeopleDoor {
  setUp: SetUpDoor;
  rootKey: { file: string; keyId: string };
}

/**
 * Throws unless somebody from `address` may set this installation up: `wrong_status` where it has an organization,
 * `set_up_refused` for a wrong secret, `too_many_requests` after too many of them.
 */
export async function enterSetUp(context: SetUpContext, secret: string, address: string): Promise<void> {
  if (!(await context.setUp.isNeeded())) throw alreadySetUp();
  await context.attempts.guard(address, async () => context.setUp.check(secret));
}

/**
 * Makes the installation's first organization with its administrator, for whoever holds the set-up secret. One wins
 * where several try at once; the others get `wrong_status`, and nothing of theirs is kept.
 */
export async function setUpFirstOrganization(
  context: SetUpContext,
  request: { secret: string; organization: string; administrator: FirstAdministrator; address: string },
): Promise<void> {
  const { organization, administrator, address } = request;
  await enterSetUp(context, request.secret, address);
  const organizationId = context.newId();
  const personId = context.newId();
  const passwordHash = await hashPassword(administrator.password);
  const roles: RoleBinding[] = [{ role: "administrator", environments: "*" }];
  await context.db.systemTransaction(async (tx) => {
    await addFirstOrganization(tx, { id: organizationId, name: organization });
    await insertPerson(tx, { organizationId, id: personId, ...administrator, passwordHash });
    await setRoles(tx, organizationId, personId, roles);
    await setAddresses(tx, organizationId, personId, [administrator.email]);
    await recordAudit(tx, systemActor(organizationId, organization), {
      action: "organization.created",
      text: `Organization ${organization} was set up on the set-up page with ${administrator.name} as its first administrator`,
      details: {
        organization,
        administrator: administrator.name,
        address,
        rootKeyId: context.rootKey.keyId,
        rootKeyKept: true,
      },
    });
  });
  context.setUp.close();
}
