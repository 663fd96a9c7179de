import type { JsonValue } from "./json.ts";
import { isObject } from "./json.ts";
import { childMask } from "./masks.ts";
import type { Plan } from "./plan.ts";
import { secretForms } from "./secret-forms.ts";
import { textFinder } from "./text-finder.ts";

const shortest = 6;

/**
 * A second line behind the masks: finds sensitive texts of a plan where the engine did not mark them, for example in
 * an attribute that a provider computed from a secret. Texts of fewer than 6 characters are not looked for. `known` are
 * secrets that the plan was given: code may print them with the mark taken off, or from the process's environment.
 */
export function secretFinder(plan: Plan, known: readonly string[] = []): (text: string) => boolean {
  const texts = new Set<string>();
  for (const { change } of [
    ...plan.resourceChanges,
    ...plan.resourceDrift,
    ...plan.outputChanges.entries().map(([, change]) => ({ change })),
  ]) {
    collect(change.before, change.beforeSensitive, texts);
    collect(change.after, change.afterSensitive, texts);
  }
  for (const value of plan.sensitiveVariables) collect(value, true, texts);
  const marked = [...texts].flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
  return textFinder([...secretForms(known), ...marked]);
}

function collect(value: JsonValue | undefined, mask: JsonValue, texts: Set<string>): void {
  if (typeof value === "string") {
    if (mask === true && value.length >= shortest) texts.add(value);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => collect(item, childMask(mask, index), texts));
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      collect(child, childMask(mask, key), texts);
      if (mask === true && key.length >= shortest && !/^[a-z_]+$/.test(key)) texts.add(key);
    }
  } else if (mask === true && value !== null && value !== undefined) {
    const text = JSON.stringify(value);
    if (text.length >= shortest) texts.add(text);
  }
}
