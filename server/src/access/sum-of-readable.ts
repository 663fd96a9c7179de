import type { Rights } from "./actor.ts";
import { may } from "./authorize.ts";

/** The sum of what was counted by environment, of those that the actor may read. */
export function sumOfReadable(actor: Rights, counted: ReadonlyMap<string, number>): number {
  return [...counted].reduce(
    (sum, [environment, count]) => sum + (may(actor, "environment.read", environment) ? count : 0),
    0,
  );
}
