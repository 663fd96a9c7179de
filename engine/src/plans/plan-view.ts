import type { OutputView, PlanView } from "@plumbline/contract";
import { driftView } from "./outside-changes.ts";
import type { Plan } from "./plan.ts";
import { planCounts, planHasChanges } from "./plan-counts.ts";
import { isEffective, isNoop } from "./plan-digest.ts";
import { resourceView, sides, sidesView } from "./resource-view.ts";
import { secretFinder } from "./secrets.ts";

const mostResources = 2_000;
const mostAttributes = 20_000;
const mostOutputs = 500;

/**
 * The plan for pages and comments: what changes, sorted by address, sensitive values taken out, bounded in size.
 * `secrets` were given to the plan; what holds one is sensitive, whatever the plan says of it.
 */
export function planView(plan: Plan, secrets: readonly string[] = []): PlanView {
  const isSecret = secretFinder(plan, secrets);
  const touched = plan.resourceChanges
    .filter(isEffective)
    .toSorted((left, right) => (left.address < right.address ? -1 : 1));
  let room = mostAttributes;
  const resources = touched.slice(0, mostResources).map((resource) => {
    const view = resourceView(resource, isSecret);
    const attributes = view.attributes.slice(0, room);
    room -= attributes.length;
    return { ...view, attributes, hidden: view.hidden + view.attributes.length - attributes.length };
  });
  const changedOutputs = [...plan.outputChanges]
    .filter(([, change]) => !isNoop(change))
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
  const outputs = changedOutputs.slice(0, mostOutputs).map(([name, change]): OutputView => {
    const { before, after } = sides(change);
    const hide = before.sensitive === true || after.sensitive === true;
    const view = hide
      ? sidesView({ ...before, sensitive: true }, { ...after, sensitive: true }, isSecret)
      : sidesView(before, after, isSecret);
    return { name, ...view };
  });
  const outside = driftView(plan, secrets);
  return {
    version: 1,
    engineVersion: plan.engineVersion,
    counts: planCounts(plan),
    changes: planHasChanges(plan),
    complete: plan.complete,
    errored: plan.errored,
    resources,
    outputs,
    outside: outside.slice(0, mostResources),
    hidden: {
      resources: touched.length - resources.length,
      outputs: changedOutputs.length - outputs.length,
      outside: Math.max(0, outside.length - mostResources),
    },
  };
}
