import type { SourcePlace } from "@plumbline/contract/findings";
import type { LintRule } from "../rule.ts";
import { secretRules } from "../secrets/secret-rules.ts";
import { antiPatternRules } from "./anti-pattern-rules.ts";

/** Rules over sources whose finders stand beside this file. */
export const lintRules = {
  syntax: {
    id: "hcl-syntax",
    severity: "critical",
    category: "sources",
    title: "The file cannot be read as HCL",
    why: "What cannot be read cannot be judged, so the change is blocked.",
    fix: "Correct the syntax at the line named; terraform validate says more.",
    controls: [],
  },
  environmentName: {
    id: "environment-name-in-logic",
    severity: "medium",
    category: "anti-pattern",
    title: "The code decides by the name of an environment",
    why: "Code that asks where it runs is tested nowhere but there; environments shall differ in values, not in code.",
    fix: "Make what differs a variable and set it in each environment's tfvars, with its reason beside it.",
    controls: [],
  },
  unexplainedValue: {
    id: "environment-value-unexplained",
    severity: "low",
    category: "anti-pattern",
    title: "A value differs between environments without a reason",
    why: "A difference nobody explained is either a mistake or knowledge that only one person has.",
    fix: "Write `# why: ...` on the line above the value or behind it, or use the same value everywhere.",
    controls: [],
  },
  overrideFile: {
    id: "override-file-block",
    severity: "high",
    category: "sources",
    title: "An override file replaces terraform, provider or provisioner settings",
    why: "Override files silently replace what reviewers read elsewhere: the backend, who the provider acts as, or a program that is run.",
    fix: "Move the block into an ordinary file; what Plumbline itself overrides needs no file of yours.",
    controls: [],
  },
  backend: {
    id: "backend-overridden",
    severity: "low",
    category: "sources",
    title: "The backend in the code is not used",
    why: "State is kept by Plumbline; the run's copy overrides this block, so it says something that is not so.",
    fix: "Remove the backend or cloud block.",
    controls: [],
  },
} as const satisfies Record<string, LintRule>;

/** Every rule over sources. */
export const sourceRules: readonly LintRule[] = [
  ...Object.values(lintRules),
  ...Object.values(antiPatternRules),
  ...Object.values(secretRules),
];

/** What a lint rule found. `key` tells it from others in the same file and survives moved lines. */
export interface LintHit {
  rule: LintRule;
  place: SourcePlace;
  key: string;
  attribute?: string;
  title?: string;
}
