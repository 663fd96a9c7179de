import { whoAmI } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { rolesText } from "../people/roles-text.ts";
import { facts } from "../terminal/facts.ts";

/** `plumb whoami` */
export async function showMe(context: Context): Promise<void> {
  const client = await context.client();
  const me = await client.call(whoAmI, {});
  context.print(me, ({ name, displayName, organization, email, roles }, look) =>
    facts(look, [
      ["name", `${name} (${displayName})`],
      ["organization", organization],
      ["e-mail", email],
      ["roles", rolesText(roles)],
      ["server", client.url],
    ]),
  );
}
