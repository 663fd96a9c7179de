import type { JsonValue } from "./json.ts";
import { covers } from "./masks.ts";
import type { Plan } from "./plan.ts";

/** An output as it will be after apply. A sensitive one has its value here: seal it. */
export type PlannedOutput =
  | { known: true; sensitive: boolean; value: JsonValue }
  | { known: false; sensitive: boolean };

/** The outputs a plan would leave behind, by name; for the provisional plans of dependents. Removed ones are absent. */
export function plannedOutputs(plan: Plan): Map<string, PlannedOutput> {
  const outputs = new Map<string, PlannedOutput>();
  for (const [name, change] of plan.outputChanges) {
    if (change.actions.every((action) => action === "delete")) continue;
    const sensitive = covers(change.afterSensitive);
    if (covers(change.afterUnknown) || change.after === undefined) outputs.set(name, { known: false, sensitive });
    else outputs.set(name, { known: true, sensitive, value: change.after });
  }
  return outputs;
}
