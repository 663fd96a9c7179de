import type { PersonView } from "../../people/find-people.ts";
import type { CommitPerson } from "./commit-people.ts";
import type { Contributor } from "../pull-request.ts";

/** The people whose addresses stand in a change, as addresses are now; each person and reason once. */
export function contributorsByAddress(
  addresses: readonly CommitPerson[],
  people: readonly Pick<PersonView, "id" | "addresses">[],
): Contributor[] {
  const byAddress = new Map(people.flatMap((person) => person.addresses.map((address) => [address, person.id])));
  return distinctContributors(
    addresses.flatMap(({ address, reason }) => {
      const personId = byAddress.get(address);
      return personId === undefined ? [] : [{ personId, reason }];
    }),
  );
}

/** Each person and reason once. */
export function distinctContributors<One extends Contributor>(contributors: readonly One[]): One[] {
  return [...new Map(contributors.map((one) => [`${one.personId}/${one.reason}`, one])).values()];
}
