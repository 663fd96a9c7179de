import { matchesEnvironment, matrix } from "@plumbline/contract";
import type { PersonView } from "../../people/find-people.ts";

/** Whether a name as CODEOWNERS writes it (`@owner`, an address) means this person. Teams are nobody. */
export function namesPerson(owner: string, person: PersonView): boolean {
  if (owner.startsWith("@")) return owner.slice(1).toLowerCase() === person.name.toLowerCase();
  return person.addresses.includes(owner.toLowerCase());
}

/** Whether CODEOWNERS names a team: `@organization/team`. */
export function isTeam(owner: string): boolean {
  return owner.startsWith("@") && owner.includes("/");
}

/** Whether a person's roles let him approve for an environment; for any where none is named. */
export function mayApproveFor(person: PersonView, environment?: string): boolean {
  if (person.disabled) return false;
  return person.roles.some(
    (binding) =>
      matrix[binding.role].includes("environment.approve") &&
      (environment === undefined || matchesEnvironment(binding.environments, environment)),
  );
}
