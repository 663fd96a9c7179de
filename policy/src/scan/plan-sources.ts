import type { Evaluation, EvaluationOptions } from "../evaluation/evaluation.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Hidden } from "../resources/known-in-part.ts";
import { planOfResources } from "./plan-of-resources.ts";
import type { ScanFailure, ScanUnknown } from "./scan-report.ts";

/** What is taken of an evaluation. */
export type EvaluatedSources = Pick<Evaluation, "resources" | "providers" | "problems" | "unknowns"> & Partial<Hidden>;

/** Evaluates the sources of one root module. */
export type EvaluateSources = (
  files: ReadonlyMap<string, string>,
  options: EvaluationOptions,
) => EvaluatedSources | Promise<EvaluatedSources>;

/** What the sources of a root module would make, and what could not be told. */
export interface PlannedSources {
  plan: JsonObject;
  /** What a plan has no room for. */
  hidden: Hidden;
  failures: ScanFailure[];
  unknowns: ScanUnknown[];
}

const nothingHidden: Hidden = { documents: new Map(), origins: new Map(), places: new Map(), texts: new Map() };

/** Evaluates a root module into a plan that can be judged. */
export async function planSources(
  evaluate: EvaluateSources,
  files: ReadonlyMap<string, string>,
  options: EvaluationOptions,
): Promise<PlannedSources> {
  try {
    const { resources, providers, problems, unknowns, ...rest } = await evaluate(files, options);
    return {
      plan: planOfResources([...providers, ...resources], "create"),
      hidden: { ...nothingHidden, ...rest },
      failures: problems.map(({ message, ...place }) => ({
        message,
        next: "Correct it there; terraform validate says more.",
        places: [place],
      })),
      unknowns: [...unknowns],
    };
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    return {
      plan: planOfResources([], "create"),
      hidden: nothingHidden,
      failures: [
        {
          message: `The values of ${options.root} could not be evaluated: ${said}`,
          next: "Scan a saved plan instead: terraform plan -out=FILE, then plumb scan FILE.",
          places: [],
        },
      ],
      unknowns: [],
    };
  }
}
