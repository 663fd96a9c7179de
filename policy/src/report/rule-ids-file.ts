import { sourceRules } from "../lint/lint-rules.ts";
import { catalogue } from "../rules/catalogue.ts";

/**
 * Text of `rules/rule-ids.gen.ts`: the ids of all rules, without the rules. Who checks that a policy file names rules there
 * are need not load a thousand of them, which takes a fifth of a second and 60 MB.
 */
export function ruleIdsFile(): string {
  const ids = [...catalogue, ...sourceRules].map((rule) => `  ${JSON.stringify(rule.id)},\n`);
  return `// Written by \`npm run docs -w policy\`.

/** Ids of every rule there is, those over sources included. */
export const ruleIds: ReadonlySet<string> = new Set([
${ids.join("")}]);
`;
}
