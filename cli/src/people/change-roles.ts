import { changePerson, listPeople, problem } from "@plumbline/contract";
import type { RoleBinding } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { personLines } from "./person-lines.ts";
import { readRoles } from "./read-roles.ts";
import { rolesText } from "./roles-text.ts";

/** `plumb people grant|revoke`: the other roles stay. What is to be taken must be there. */
export async function changeRoles(
  context: Context,
  act: "grant" | "revoke",
  name: string,
  texts: readonly string[],
): Promise<void> {
  const named = readRoles(texts);
  const client = await context.client();
  const { items } = await client.call(listPeople, {});
  const person = items.find((one) => one.name === name);
  if (person === undefined)
    throw problem("not_found", `There is nobody named ${name}.`, {
      next: "plumb people list names everybody.",
    });
  const missing = named.filter((role) => !includes(person.roles, role));
  if (act === "revoke" && missing.length > 0)
    throw new UsageFault(`${name} does not have ${rolesText(missing)}.`, `He has ${rolesText(person.roles)}.`);
  const kept = person.roles.filter((role) => !includes(named, role));
  const roles = act === "grant" ? [...person.roles, ...missing] : kept;
  const changed = await client.call(changePerson, { params: { name }, body: { roles } });
  context.print(changed, (shown, look) => personLines("Changed", shown, look));
}

function includes(roles: readonly RoleBinding[], { role, environments }: RoleBinding): boolean {
  return roles.some((one) => one.role === role && one.environments === environments);
}
