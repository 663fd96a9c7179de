import { sourceRules } from "../lint/lint-rules.ts";
import { catalogue } from "./catalogue.ts";

/** Ids of every rule there is, those over sources included. */
export const ruleIds: ReadonlySet<string> = new Set([
  ...catalogue.map((rule) => rule.id),
  ...sourceRules.map((rule) => rule.id),
]);
