import type { Severity } from "@plumbline/contract/findings";
import type { Condition } from "./vocabulary/condition.ts";
import type { PolicyParameters } from "./configuration/policy-configuration.ts";

/** One rule, as data. Everything a person needs to understand it, mend what it finds, and test it stands here. */
export interface Rule {
  /** `<provider>-<service>-<what>`; never changes, waivers and reports name it. */
  id: string;
  severity: Severity;
  /** What it protects: `exposure`, `encryption`, `ownership`, `naming`, `residency`. */
  category: string;
  /** What is wrong, as one short sentence. */
  title: string;
  /** Types it looks at; `*` alone means every resource. */
  resourceTypes: readonly string[];
  /** Parameters without which the rule is not in force. */
  needs?: readonly (keyof PolicyParameters)[];
  /** Where this is true the resource is wrong. */
  failsWhen: Condition;
  why: string;
  fix: string;
  /** Controls of catalogues it answers, such as `CIS AWS 5.0 2.2.1`. */
  controls: readonly string[];
  /**
   * How the source is mended where that is mechanical and follows neither from the condition nor from the examples; `none`
   * where the value they give is not right for everybody. Patches come from it.
   */
  repair?: { set: string; to: boolean | number | string } | { remove: string } | "none";
  examples: RuleExamples;
}

/** HCL with literal values. `bad` makes exactly this rule fire, `good` none. Both run as tests. */
export interface RuleExamples {
  parameters?: PolicyParameters;
  bad: string;
  good: string;
}

/** A rule over sources: no condition, its finder is a function in `lint/`. */
export interface LintRule {
  id: string;
  severity: Severity;
  category: string;
  title: string;
  why: string;
  fix: string;
  controls: readonly string[];
}
