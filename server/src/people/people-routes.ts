import { changePerson, createPerson, listPeople } from "@plumbline/contract";
import type { Person } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import * as people from "./manage-people.ts";
import type { PeopleContext } from "./people-context.ts";
import type { PersonRecord } from "./person-store.ts";

/** Routes for the organization's people. */
export function peopleRoutes(api: Api<Actor>, context: PeopleContext): void {
  register(api, listPeople, async ({ actor }) => ({ items: (await people.listPeople(context, actor)).map(present) }));
  register(api, createPerson, async ({ actor, body }) => present(await people.createPerson(context, actor, body)));
  register(api, changePerson, async ({ actor, params, body }) =>
    present(await people.changePerson(context, actor, params.name, body)),
  );
}

function present(person: PersonRecord): Person {
  return {
    name: person.name,
    displayName: person.displayName,
    email: person.email,
    addresses: person.addresses,
    roles: person.roles,
    disabledAt: person.disabledAt?.toISOString() ?? null,
    createdAt: person.createdAt.toISOString(),
    tokens: person.tokens,
    lastSeenAt: person.lastSeenAt?.toISOString() ?? null,
  };
}
