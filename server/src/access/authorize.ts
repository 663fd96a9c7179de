import type { Action } from "@plumbline/contract";
import { givesRight, problem, scopeActions } from "@plumbline/contract";
import type { Actor, Rights } from "./actor.ts";
import { rightWords } from "./right-words.ts";

/**
 * Whether the actor may do something, in an environment where the act has one. Without an environment given, an act
 * that has one is allowed when it is in any environment. Roles and rules: `matrix` in contract/src/access.ts.
 */
export function may(actor: Rights, action: Action, environment?: string): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind === "runner") return false;
  if (actor.scopes !== null && !actor.scopes.some((scope) => scopeActions[scope].includes(action))) return false;
  return actor.roles.some((binding) => givesRight(binding, action, environment));
}

/** Throws `not_allowed`, naming the act, unless `may`. Every use case begins with it. */
export function authorize(actor: Actor, action: Action, environment?: string): void {
  if (may(actor, action, environment)) return;
  throw problem("not_allowed", refusal(actor, actor.name, action, environment), {
    data: {
      right: action,
      ...(environment === undefined ? {} : { environment }),
      ...(isNarrow(actor, action, environment) ? { scopes: actor.scopes } : {}),
    },
  });
}

/** The `Can` of an answer: whether the actor may, and why not. */
export function canDo(actor: Actor, action: Action, environment?: string): { allowed: boolean; reason: string | null } {
  if (may(actor, action, environment)) return { allowed: true, reason: null };
  return { allowed: false, reason: refusal(actor, "You", action, environment) };
}

/** What is refused and whom to ask. Where the person has the role, it is the token that is too narrow. */
function refusal(actor: Actor, who: string, action: Action, environment: string | undefined): string {
  const act = rightWords(action, environment);
  return isNarrow(actor, action, environment)
    ? `This token may not ${act}: its scopes are ${actor.scopes?.join(", ")}. Use one with a scope that holds it.`
    : `${who} may not ${act}. Ask an administrator.`;
}

/** Whether the person may, and only the token may not. */
function isNarrow(actor: Actor, action: Action, environment: string | undefined): boolean {
  return actor.scopes !== null && may({ ...actor, scopes: null }, action, environment);
}
