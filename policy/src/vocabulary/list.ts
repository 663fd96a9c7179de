import type { Condition } from "./condition.ts";
import { holds } from "./condition.ts";

/** A list or set of texts, or one text, of which one matches. */
export function anyMatches(path: string, pattern: RegExp): Condition {
  return holds(path, "texts", (value) => {
    const texts = Array.isArray(value) ? value : [value];
    return texts.some((text) => typeof text === "string" && pattern.test(text));
  });
}
