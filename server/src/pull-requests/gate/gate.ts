import type { GateCondition } from "@plumbline/contract";
import { condition, list } from "./condition.ts";
import type { GateInput, GatePlan } from "./gate-input.ts";
import { approvals, owners, tickets } from "./yes-conditions.ts";

/**
 * What a pull request needs before it may be merged, unmet conditions first. Nobody passes it by his role: it is the
 * same for administrators.
 */
export function evaluateGate(input: GateInput): GateCondition[] {
  const conditions = [
    merges(input),
    configuration(input),
    plans(input),
    findings(input),
    ...input.missingApplies.map((missing) => applied(missing)),
    ...dependents(input),
    ...input.takeOver,
    ...replayed(input),
    ...owners(input),
    ...approvals(input),
    ...tickets(input),
    fresh(input),
    ...input.proposersWithoutRight.map(({ name, environment }) =>
      condition(`right:${name}:${environment}`, "right", false, {
        title: `${name} may propose to ${environment}`,
        detail: `${name} pushed to this pull request and may not propose to ${environment}. Somebody who may pushes it anew.`,
      }),
    ),
  ];
  return [...conditions.filter((one) => !one.met), ...conditions.filter((one) => one.met)];
}

/** Whether everything is met. */
export function gateIsOpen(conditions: readonly GateCondition[]): boolean {
  return conditions.every((one) => one.met);
}

function merges({ conflicts, purpose }: GateInput): GateCondition {
  const met = conflicts === null;
  return condition("merges", "merges", met, {
    title: "Merges with main",
    detail: met
      ? "No conflicts."
      : `Conflicts in ${list(conflicts)}. ${purpose === "promotion" ? "The pin was moved since." : "Rebase on main and push again."}`,
  });
}

function configuration({ problems }: GateInput): GateCondition {
  const [first] = problems;
  return condition("configuration", "configuration", first === undefined, {
    title: "The configuration is valid",
    detail:
      first === undefined
        ? "No mistakes."
        : `${problems.length === 1 ? "One mistake" : `${problems.length} mistakes`}: ${first.file}:${first.line ?? 1}: ${ended(first.message)}`,
    place: first === undefined ? null : { file: first.file, line: first.line ?? 1 },
  });
}

/** With its full stop: what comes next follows it in one line. */
function ended(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function plans({ plans: all }: GateInput): GateCondition {
  const failed = all.filter((plan) => plan.state === "failed");
  const open = all.filter((plan) => plan.state === "running" || plan.state === "none");
  const finished = all.filter((plan) => plan.state === "finished").length;
  const settled = all.filter((plan) => plan.state === "settled").length;
  const met = failed.length === 0 && open.length === 0;
  const [bad] = failed;
  const later = settled === 0 ? "" : ` ${settled} can be planned only after the merge, and will be held for approval.`;
  return condition("plans", "plans", met, {
    title: "All plans are made",
    detail:
      bad !== undefined
        ? `${bad.workspace}: ${bad.detail}`
        : met
          ? `${finished} of ${all.length} planned.${later}`
          : `${open.length} of ${all.length} still to come: ${list(open.map((plan) => plan.workspace))}.`,
  });
}

function findings({ plans: all, purpose }: GateInput): GateCondition {
  const bad = all.filter((plan) => plan.blocking > 0);
  const count = bad.reduce((sum, plan) => sum + plan.blocking, 0);
  const mending = purpose === "promotion" ? "Mend the code on main and promote that" : "Mend the code and push again";
  return condition("findings", "findings", bad.length === 0, {
    title: "No finding blocks",
    detail:
      bad.length === 0
        ? "Nothing that the rules forbid."
        : `${count === 1 ? "1 finding blocks" : `${count} findings block`} in ${list(bad.map((plan) => plan.workspace))}. ${mending}; an exception is a waiver, by a pull request of its own.`,
  });
}

function fresh(input: GateInput): GateCondition {
  const named = (plans: readonly GatePlan[]) => list(plans.map((plan) => plan.workspace));
  const stale = input.plans.filter((plan) => plan.stale);
  const outdated = input.plans.filter((plan) => plan.outdated);
  const reasons = [
    ...(input.onMain ? [] : ["Main has moved; the change is planned against it now."]),
    ...(stale.length === 0 ? [] : [`The state or an input of ${named(stale)} has changed since; it is planned again.`]),
    ...(outdated.length === 0
      ? []
      : [`The policies have changed since ${named(outdated)} was judged; it is planned and judged by them now.`]),
  ];
  return condition("fresh", "fresh", reasons.length === 0, {
    title: "Plans are made against main, its policies and the present states",
    detail: reasons[0] ?? "Nothing has changed since.",
  });
}

function dependents({ dependents: all }: GateInput): GateCondition[] {
  if (all === null) return [];
  const left = all.map(
    ({ workspace, resources, dependsOn }) =>
      `${workspace} depends on ${list(dependsOn)} and still has ${resources} ${resources === 1 ? "resource" : "resources"}`,
  );
  return [
    condition("dependents", "dependents", all.length === 0, {
      title: "Nothing that is left depends on what is destroyed",
      detail:
        all.length === 0
          ? "No other workspace with resources depends on it."
          : `${list(left)}. Destroy ${all.length === 1 ? "it" : "them"} first, or open a destroy pull request that lists ${list(all.map(({ workspace }) => workspace))} too.`,
    }),
  ];
}

function applied(missing: GateInput["missingApplies"][number]): GateCondition {
  const { environment, before, commit, why, place } = missing;
  return condition(`applied:${environment}:${commit}`, "applied", false, {
    title: `${commit.slice(0, 8)} has applied cleanly in ${before}`,
    detail: `It cannot go to ${environment} yet: ${why}.`,
    place,
  });
}

function replayed({ replay }: GateInput): GateCondition[] {
  if (replay === null) return [];
  const { begun, pending, judged, unjudged } = replay;
  return [
    condition("policies", "plans", unjudged.length === 0, {
      title: "Its policies work, and their tests pass",
      detail:
        unjudged.length > 0
          ? `By them ${list(unjudged)} could not be judged; the replay says why.`
          : begun && pending === 0 && judged === 0
            ? "There is no plan to judge by them, so neither they nor their tests were tried."
            : "Nothing else was found.",
    }),
    condition("replay", "plans", begun && pending === 0, {
      title: "It is known what its policies would do",
      detail: !begun
        ? "The newest plans are about to be judged by them."
        : pending === 0
          ? "The newest plan of every workspace was judged by them."
          : `${pending} of the newest plans are still to be judged by them.`,
    }),
  ];
}
