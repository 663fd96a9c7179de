import { listPeople } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";
import { ago } from "../terminal/words.ts";
import { rolesText } from "./roles-text.ts";

/** `plumb people list` */
export async function listAll(context: Context): Promise<void> {
  const client = await context.client();
  const found = await client.call(listPeople, {});
  context.print(found, ({ items }, look) =>
    table(
      look,
      [
        { title: "NAME" },
        { title: "", least: 10, extra: true },
        { title: "E-MAIL", least: 12, extra: true },
        { title: "ROLES", least: 16 },
        { title: "TOKENS", align: "right", extra: true },
        { title: "SEEN", extra: true },
      ],
      items.map((person) => [
        { text: person.name, style: person.disabledAt === null ? undefined : "dim" },
        person.displayName,
        person.email ?? "",
        person.disabledAt === null ? rolesText(person.roles) : "disabled",
        String(person.tokens),
        ago(person.lastSeenAt, look.now),
      ]),
      "Nobody.",
    ),
  );
}
