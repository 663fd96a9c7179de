import type { DisplayValue, PlanView } from "@plumbline/contract/plan-view";

/** A place where two plans differ; null: the plan does not touch it. */
export interface PlanDifference {
  address: string;
  path: string;
  approved: string | null;
  now: string | null;
}

function text(value: DisplayValue): string {
  return {
    unknown: "known after apply",
    sensitive: "sensitive",
    absent: "not set",
    value: value.kind === "value" ? value.text : "",
  }[value.kind];
}

function places(plan: PlanView): Map<string, { address: string; path: string; text: string }> {
  const entries = plan.resources.flatMap((resource) => [
    { address: resource.address, path: "", text: resource.action },
    ...resource.attributes.map(({ path, before, after }) => ({
      address: resource.address,
      path,
      text: `${text(before)} → ${text(after)}`,
    })),
  ]);
  return new Map(entries.map((entry) => [`${entry.address} ${entry.path}`, entry]));
}

/** What the plan that is held does otherwise than the approved one, by resource and attribute. */
export function planDifferences(approved: PlanView, now: PlanView): PlanDifference[] {
  const [before, after] = [places(approved), places(now)];
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return keys.flatMap((key) => {
    const [old, fresh] = [before.get(key), after.get(key)];
    if (old?.text === fresh?.text) return [];
    const { address = "", path = "" } = fresh ?? old ?? {};
    return [{ address, path, approved: old?.text ?? null, now: fresh?.text ?? null }];
  });
}
