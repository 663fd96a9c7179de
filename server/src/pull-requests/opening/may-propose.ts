import { matchesEnvironment, matrix, problem } from "@plumbline/contract";
import type { Environment } from "@plumbline/contract/configuration/configuration";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import type { PersonView } from "../../people/find-people.ts";
import type { Rules } from "../../repositories/rules.ts";
import { namesPerson } from "../gate/owners.ts";

/**
 * Throws `not_allowed` unless the actor may propose to every environment: by a role, and where main's environment.yaml
 * has a list of proposers, by standing in it. A change that touches no environment needs the right in any one.
 */
export function requireProposer(
  actor: Actor,
  environments: readonly string[],
  rules: Rules,
  person: PersonView | undefined,
): void {
  if (actor.kind === "system") return;
  if (environments.length === 0) authorize(actor, "environment.propose");
  for (const name of environments) {
    authorize(actor, "environment.propose", name);
    const environment = rules.configuration?.environments.find((one) => one.name === name);
    if (environment !== undefined && !isListed(environment, person))
      throw problem(
        "not_allowed",
        `${actor.name} is not among those who may propose to ${name} (${placeOf(environment)}).`,
        { data: { right: "environment.propose", environment: name } },
      );
  }
}

/** Whether a person may propose to an environment, by his roles and main's list. */
export function personMayPropose(person: PersonView, name: string, rules: Rules): boolean {
  const environment = rules.configuration?.environments.find((one) => one.name === name);
  const byRole = person.roles.some(
    ({ role, environments }) => matrix[role].includes("environment.propose") && matchesEnvironment(environments, name),
  );
  return byRole && !person.disabled && (environment === undefined || isListed(environment, person));
}

function isListed(environment: Environment, person: PersonView | undefined): boolean {
  if (environment.propose === undefined) return true;
  return person !== undefined && environment.propose.some((name) => namesPerson(name, person));
}

function placeOf(environment: Environment): string {
  const place = environment.places.propose ?? environment.places.environment;
  return `${place.file}:${place.line}`;
}
