import { resourcesOfPlan } from "../resources/from-plan.ts";
import { findByFormat } from "./find-by-format.ts";
import { findInPlan } from "./find-in-plan.ts";
import { SecretMask } from "./mask.ts";

/**
 * The texts of a plan (as `terraform show -json` prints it) that must not be shown because somebody wrote a credential
 * into the code or values it is made from: the credentials themselves, and encoded texts that hold one. Empty where the
 * plan is none, or cannot be judged.
 */
export function plantedInPlan(planJson: string): string[] {
  const byFormat = findByFormat(planJson).map(({ start, end }) => planJson.slice(start, end));
  return [...new Set([...byFormat, ...written(planJson)])];
}

function written(planJson: string): string[] {
  try {
    const plan: unknown = JSON.parse(planJson);
    return findInPlan(plan, resourcesOfPlan(plan), new SecretMask()).flatMap(({ value, held }) =>
      held.includes(value) ? [value] : [value, held],
    );
  } catch {
    return []; // what cannot be judged was refused as such
  }
}
