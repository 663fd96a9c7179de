import { areKeptToClients, matrix, problem, scopeActions } from "@plumbline/contract";
import type { Problem } from "@plumbline/contract";
import type { Actor, Rights } from "./actor.ts";
import { authorize, may } from "./authorize.ts";
import { expressionsOf } from "./environment-expressions.ts";

/** Whether somebody sees clients' environments only: what belongs to none of them is not there for him. */
export function keptToClients(actor: Rights): boolean {
  return seesRowsOfClients(actor) && actor.looksAt === undefined;
}

/** Whether lists show somebody rows of clients alone: he is kept to them, or asked for those of one. */
export function seesRowsOfClients(actor: Rights): boolean {
  return actor.kind === "person" && (areKeptToClients(actor.roles) || actor.looksAt !== undefined);
}

/**
 * Throws unless the actor may read the environment. To whoever is kept to clients nothing tells that something of
 * another one exists: `missing` is what is thrown where it does not.
 */
export function authorizeReading(actor: Actor, environment: string, missing: () => Problem): void {
  if (keptToClients(actor) && !may(actor, "environment.read", environment)) throw missing();
  authorize(actor, "environment.read", environment);
}

/** Throws `not_allowed` to whoever is kept to clients. `act` stands after "may not". */
export function refuseKeptToClients(actor: Actor, act: string): void {
  if (!keptToClients(actor)) return;
  throw problem(
    "not_allowed",
    `${actor.name} may not ${act}: it holds what is other clients', and ${actor.name}'s roles are for environments of clients only.`,
  );
}

/**
 * Expressions (`environment ~ any(…)`) of the environments whose rows somebody sees who is kept to clients, or asked for
 * one's; undefined for everybody else, whose lists leave rows out afterwards. So neither the length of a page nor its cursor tells of others.
 */
export function expressionsToRead(actor: Actor): string[] | undefined {
  if (!seesRowsOfClients(actor)) return undefined;
  if (actor.scopes !== null && !actor.scopes.some((scope) => scopeActions[scope].includes("environment.read")))
    return [];
  const reading = actor.roles.filter(({ role }) => matrix[role].includes("environment.read"));
  return expressionsOf(reading.map(({ environments }) => environments));
}
