import type { Rule } from "../rule.ts";

/** Ids of the rules that say they answer a control (`CIS AWS 5.0 2.2.1`), under any of its names. */
export function answering(rules: readonly Rule[], ...names: readonly string[]): string[] {
  return rules.filter(({ controls }) => controls.some((name) => names.includes(name))).map(({ id }) => id);
}
