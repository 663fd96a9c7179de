import type { PlanCounts } from "@plumbline/contract";
import { outsideChanges } from "./outside-changes.ts";
import type { Plan } from "./plan.ts";
import { isNoop } from "./plan-digest.ts";
import { actionOf, isMoved } from "./resource-view.ts";

/** How many resources a plan touches, per kind of change. A moved or imported one that also changes counts twice. */
export function planCounts(plan: Plan): PlanCounts {
  const counts = { add: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, outside: 0 };
  for (const resource of plan.resourceChanges) {
    if (resource.mode !== "managed") continue;
    const action = actionOf(resource);
    if (action === "create") counts.add++;
    if (action === "update") counts.change++;
    if (action === "replace") counts.replace++;
    if (action === "delete") counts.destroy++;
    if (action === "forget") counts.forget++;
    if (resource.change.importing !== undefined) counts.import++;
    if (isMoved(resource)) counts.move++;
  }
  counts.outside = outsideChanges(plan).length;
  return counts;
}

/** Whether applying the plan would change a resource, an output or the state. Reading data alone does not. */
export function planHasChanges(plan: Plan): boolean {
  return (
    plan.resourceChanges.some((resource) => !["none", "read"].includes(actionOf(resource))) ||
    plan.outputChanges.values().some((change) => !isNoop(change))
  );
}
