import type { Json } from "../resources/json.ts";
import { exceptionRule } from "./bundle.ts";
import type { RegoValue } from "./evaluate.ts";

/**
 * Leaves out the values that a package exempts. As in conftest, `exception[rules]` names rules without `deny_`,
 * `violation_` or `warn_`; an empty name means the ones that are called nothing else. It holds for the input it was
 * found with: the one resource, or the plan.
 */
export function withoutExempted(values: readonly RegoValue[]): RegoValue[] {
  const exempted = new Map<string, Set<string>>();
  for (const { package: name, rule, resource, value } of values) {
    if (rule !== exceptionRule) continue;
    const key = JSON.stringify([name, resource]);
    const names = exempted.get(key) ?? new Set();
    for (const one of namesIn(value)) names.add(one);
    exempted.set(key, names);
  }
  return values.filter(({ package: name, rule, resource }) => {
    if (rule === exceptionRule) return false;
    const names = exempted.get(JSON.stringify([name, resource]));
    return names === undefined || !(names.has(rule.replace(/^(?:deny|violation|warn)_?/, "")) || names.has(rule));
  });
}

/** A set of lists of names. */
function namesIn(value: Json): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((list) =>
    Array.isArray(list) ? list.filter((name): name is string => typeof name === "string") : [],
  );
}
