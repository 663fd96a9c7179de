import type { Action } from "@plumbline/contract";
import { actions, matchesEnvironment, matrix, problem, scopeActions } from "@plumbline/contract";
import type { Actor } from "./actor.ts";

/**
 * Whether the actor may do something, in an environment where the act has one. Without an environment given, an act
 * that has one is allowed when it is in any environment. Roles and rules: `matrix` in contract/src/access.ts.
 */
export function may(actor: Actor, action: Action, environment?: string): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind === "runner") return false;
  if (actor.scopes !== null && !actor.scopes.some((scope) => scopeActions[scope].includes(action))) return false;
  return actor.roles.some(
    (binding) =>
      matrix[binding.role].includes(action) &&
      (!actions[action].environment ||
        environment === undefined ||
        matchesEnvironment(binding.environments, environment)),
  );
}

/** Throws `not_allowed`, naming the right, unless `may`. Every use case begins with it. */
export function authorize(actor: Actor, action: Action, environment?: string): void {
  if (may(actor, action, environment)) return;
  const where = environment === undefined ? "" : ` in ${environment}`;
  const lacks = actor.scopes !== null && actor.roles.some((binding) => matrix[binding.role].includes(action));
  throw problem(
    "not_allowed",
    lacks
      ? `This token's scopes (${actor.scopes?.join(", ")}) do not hold ${action}${where}.`
      : `${actor.name} lacks the right ${action}${where}.`,
    { data: { right: action, ...(environment === undefined ? {} : { environment }) } },
  );
}

/** The `Can` of an answer: whether the actor may, and why not. */
export function canDo(actor: Actor, action: Action, environment?: string): { allowed: boolean; reason: string | null } {
  if (may(actor, action, environment)) return { allowed: true, reason: null };
  return {
    allowed: false,
    reason: `You lack the right ${action}${environment === undefined ? "" : ` in ${environment}`}.`,
  };
}
