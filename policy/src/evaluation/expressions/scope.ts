import type { Expression } from "../syntax/expression.ts";
import type { Value } from "../values/value.ts";
import type { Budget } from "./budget.ts";

/** What the names in an expression mean, and where it tells what it cannot know. */
export interface Scope {
  /** `evaluate` itself: parts of it call it back through here. */
  evaluate: (expression: Expression, scope: Scope) => Value;
  budget: Budget;
  /** The first name of a reference: `var`, `local`, a resource type, a loop's variable. */
  read: (name: string) => Value | undefined;
  /** Text of a file that the code names relative to the working directory; undefined where it is not there. */
  textOf: (path: string) => string | undefined;
  /** Records what cannot be known here, and why. */
  note: (what: string) => void;
}

/** The same scope with more names in it. */
export function withNames(scope: Scope, names: ReadonlyMap<string, Value>): Scope {
  return { ...scope, read: (name) => names.get(name) ?? (names.has(name) ? null : scope.read(name)) };
}
