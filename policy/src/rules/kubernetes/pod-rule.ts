import type { Rule } from "../../rule.ts";
import { workloadTypes } from "./pods.ts";
import { workloadExample } from "./workload-example.ts";
import type { ChangedWorkload } from "./workload-example.ts";

/** A rule about pods and what its bad example does otherwise than well. */
export interface PodRule extends Omit<Rule, "resourceTypes" | "examples" | "controls"> {
  resourceTypes?: readonly string[];
  bad: ChangedWorkload;
  good?: ChangedWorkload;
}

/** Fills in what all rules about pods share. */
export function podRule({ bad, good = {}, resourceTypes = workloadTypes, ...rule }: PodRule): Rule {
  return {
    ...rule,
    resourceTypes,
    controls: [],
    examples: { bad: workloadExample(bad), good: workloadExample(good) },
  };
}
