import { isObject, objectAt, objectsAt } from "../resources/json.ts";
import type { Json } from "../resources/json.ts";

/** Shorter values would blank out half of a message and are no secrets. */
const shortest = 4;

/** What stands in a message instead of a sensitive value. */
const mark = "(sensitive value)";

/**
 * Takes the values that the plan marks as sensitive out of texts: policies see the whole plan and may print any of it.
 * Longer values go first, so that one inside another leaves no rest.
 */
export function redactor(plan: unknown): (text: string) => string {
  const secrets = new Set<string>();
  for (const change of objectsAt(plan, "resource_changes")) {
    const {
      before = null,
      before_sensitive = false,
      after = null,
      after_sensitive = false,
    } = objectAt(change, "change");
    collect(before, before_sensitive, secrets);
    collect(after, after_sensitive, secrets);
  }
  const declared = objectAt(objectAt(objectAt(plan, "configuration"), "root_module"), "variables");
  for (const [name, variable] of Object.entries(objectAt(plan, "variables")))
    if (objectAt(declared, name)["sensitive"] === true && isObject(variable))
      collect(variable["value"] ?? null, true, secrets);
  const longestFirst = [...secrets].sort((left, right) => right.length - left.length);
  return (text) => longestFirst.reduce((kept, secret) => kept.replaceAll(secret, mark), text);
}

/** `marks` has the shape of `value`, with `true` where everything below is sensitive. */
function collect(value: Json, marks: Json, into: Set<string>): void {
  if (marks === false || marks === null || value === null) return;
  if (typeof value === "object") {
    for (const [key, member] of Object.entries(value))
      collect(member, marks === true ? true : childMark(marks, key), into);
    return;
  }
  if (typeof value === "boolean") return;
  const text = String(value);
  if (marks !== true || text.length < shortest) return;
  into.add(text);
  // Messages made by sprintf("%v") of an object hold texts as JSON writes them.
  into.add(JSON.stringify(text).slice(1, -1));
}

function childMark(marks: Json, key: string): Json {
  if (typeof marks !== "object" || marks === null) return false;
  return Object.entries(marks).find(([name]) => name === key)?.[1] ?? false;
}
