import type { Severity } from "@plumbline/contract/findings";
import type { Condition } from "../vocabulary/condition.ts";

/**
 * One control of a catalogue such as the CIS benchmarks, as data, in own words. It is answered by rules (a finding of
 * one of them fails it), by something that has to exist in the account, by both, or by nothing that stands in code.
 */
export interface Control extends ControlName {
  /** The same control in other editions. */
  also: readonly ControlName[];
  /** What has to be so, as one short sentence. */
  title: string;
  /** What it is judged on: each resource by itself, resources that belong together, or the whole account. */
  scope: "resource" | "joined" | "account";
  severity: Severity;
  /** Ids of the rules that answer it; empty where only `exists` does, or nothing. */
  rules: readonly string[];
  /** A finding counts only where this holds for its resource: of what the rules find, the part that the control asks about. */
  counts?: Condition;
  /** What has to be there once, in whatever workspace of the account (subscription, project). */
  exists?: Existence;
  /** Where to look instead, because no resource says it. Such a control has neither rules nor `exists`. */
  notInCode?: string;
}

/** Where a control stands: edition and number. */
export interface ControlName {
  /** With the edition, as rules write it before the number: `CIS AWS 5.0`. */
  catalogue: string;
  id: string;
}

/** Some resource of one of the types for which the condition holds; joins reach over all workspaces of the account. */
export interface Existence {
  resourceTypes: readonly string[];
  where: Condition;
}

/** As rules name it in their `controls`, and waivers in their `rule`: `CIS AWS 5.0 2.2.1`. */
export function nameOfControl({ catalogue, id }: ControlName): string {
  return `${catalogue} ${id}`;
}
