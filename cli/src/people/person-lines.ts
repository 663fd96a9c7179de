import type { Person } from "@plumbline/contract";
import { facts } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { rolesText } from "./roles-text.ts";

/** What was done, and how the person stands now. */
export function personLines(done: string, person: Person, look: Look): string[] {
  return [
    `${done} ${person.name} (${person.displayName}).`,
    ...facts(look, [
      ["roles", rolesText(person.roles)],
      ["e-mail", person.email],
      ["addresses", person.addresses.join(", ") || null],
      ["disabled", person.disabledAt === null ? null : `since ${person.disabledAt.slice(0, 10)}`],
    ]),
  ];
}
