import type { Condition } from "./condition.ts";
import { holds } from "./condition.ts";

/** The number is smaller than the limit. `whenAbsent` is what the provider takes where nothing is set; without it that is no match. */
export function below(path: string, limit: number, whenAbsent?: number): Condition {
  return holds(path, "number", (value) => {
    const number = value === null || value === "" ? whenAbsent : Number(value);
    return number !== undefined && number < limit;
  });
}
