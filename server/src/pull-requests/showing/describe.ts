import type { GateCondition, PullRequestPurpose, PullRequestState } from "@plumbline/contract";
import { list } from "../gate/condition.ts";
import type { RunFacts } from "../runs-port.ts";

/** What decides how a pull request looks to a person. */
export interface DescribeInput {
  status: "open" | "merged" | "closed";
  purpose: PullRequestPurpose;
  /** Whether there are workspaces in which something is applied after the merge. */
  affects: boolean;
  gate: readonly GateCondition[];
  /** How many plans there are, and how many are made. */
  plans: { total: number; done: number };
  /** After the merge: the newest apply run of each workspace. */
  applies: readonly Pick<RunFacts, "number" | "status" | "reason" | "workspace" | "blocking">[];
  /** Who can approve what is held. */
  approvers: readonly string[];
  proposer: string | null;
  removed: readonly string[];
  /** Workspaces whose state another pull request brings: nothing of it was applied there. */
  waitForState: readonly { workspace: string; pullRequest: number }[];
  /**
   * Whether nothing is known to be old but main, which moved a moment ago. Who looks at the plans can go on: a yes names
   * them, and where that main makes others it is void.
   */
  onlyMainMoved: boolean;
}

/** What is the case, what comes next and who can do it, in one sentence. */
export function describe(input: DescribeInput): { state: PullRequestState; sentence: string } {
  if (input.status === "closed") return { state: "closed", sentence: "Closed without merging; nothing was applied." };
  return input.status === "merged" ? describeMerged(input) : describeOpen(input);
}

const blockers: readonly GateCondition["kind"][] = [
  "merges",
  "configuration",
  "findings",
  "applied",
  "right",
  "dependents",
  "state",
];

const plannedAgain: { state: PullRequestState; sentence: string } = {
  state: "planning",
  sentence: "Something changed since it was planned; it is planned again by itself.",
};

function describeOpen({ gate, plans, proposer, onlyMainMoved, purpose, affects }: DescribeInput): {
  state: PullRequestState;
  sentence: string;
} {
  const unmet = gate.filter((condition) => !condition.met);
  const who = proposer ?? "whoever proposes it";
  const replay = unmet.find((condition) => condition.id === "replay");
  const planning = unmet.find((condition) => condition.kind === "plans" && condition !== replay);
  // Whether code and state say the same is known once there is a plan.
  const blocker = unmet.find(({ kind }) => blockers.includes(kind) && !(kind === "state" && planning !== undefined));
  const isPlanning = planning !== undefined && plans.done < plans.total;
  if (blocker !== undefined && !(isPlanning && blocker.kind === "applied"))
    return { state: "blocked", sentence: `Blocked: ${blocker.detail} Next: ${nextFor(blocker, who, purpose)}.` };
  if (isPlanning)
    return {
      state: "planning",
      sentence: `${plans.done} of ${plans.total} workspaces are planned; the rest follows by itself.`,
    };
  if (planning !== undefined)
    return {
      state: "blocked",
      sentence: `Blocked: ${planning.detail} Next: ${who} mends it and pushes again, or plans again.`,
    };
  if (replay !== undefined) return { state: "planning", sentence: `${replay.detail} That follows by itself.` };
  const isOld = unmet.some((condition) => condition.kind === "fresh");
  if (isOld && !onlyMainMoved) return plannedAgain;
  const approvals = unmet.filter((condition) => condition.kind === "owner" || condition.kind === "approvals");
  const names = [...new Set(approvals.flatMap((condition) => condition.who))];
  const ticket = unmet.find((condition) => condition.kind === "ticket");
  const parts = [
    ...(approvals.length === 0
      ? []
      : [
          names.length === 0
            ? "nobody is left who may approve: CODEOWNERS must name more people"
            : `${list(names, "or")} approves`,
        ]),
    ...(ticket === undefined ? [] : [`${who} names a ticket`]),
  ];
  if (parts.length > 0)
    return { state: "waits", sentence: `${affects ? "Planned and checked" : "Checked"}. Next: ${parts.join("; ")}.` };
  if (isOld) return plannedAgain;
  const after = affects ? ", and it is applied" : "; nothing is applied";
  return { state: "ready", sentence: `Everything is met. Next: ${who} or an approver merges it${after}.` };
}

function nextFor(blocker: GateCondition, who: string, purpose: PullRequestPurpose): string {
  switch (blocker.kind) {
    case "merges":
      return purpose === "promotion"
        ? `${who} closes it and promotes anew, where the pin is not there already`
        : `${who} rebases on main and pushes again`;
    case "findings":
      return purpose === "promotion" ? `${who} closes it and promotes code that is mended` : mended(who);
    case "applied":
      return "the environment before applies it first";
    case "dependents":
      return "somebody destroys the dependents first, or together with it";
    case "state":
      return `${who} mends the code or brings the state anew`;
    case "right":
      return "somebody who may propose to it pushes the change";
    default:
      return mended(who);
  }
}

function mended(who: string): string {
  return `${who} mends it and pushes again`;
}

function describeMerged({ applies, approvers, removed, waitForState }: DescribeInput): {
  state: PullRequestState;
  sentence: string;
} {
  const total = applies.length;
  const done = applies.filter((run) => run.status === "finished" || run.status === "superseded").length;
  const progress = `${done} of ${total} workspaces are applied`;
  const first = (...statuses: RunFacts["status"][]) => applies.find((run) => statuses.includes(run.status));
  const unknown = first("unknown");
  if (unknown !== undefined)
    return {
      state: "failed",
      sentence: `Run ${unknown.number} of ${unknown.workspace.name} ended in an unknown way. Next: somebody who may operate ${unknown.workspace.environment} confirms that nothing of it runs any more.`,
    };
  const failed = first("failed", "canceled");
  if (failed !== undefined)
    return {
      state: "failed",
      sentence: `${progress}; run ${failed.number} of ${failed.workspace.name} ${failed.status === "failed" ? "failed" : "was canceled"}. Next: retry it, revert this pull request, or fix forward with a new one.`,
    };
  const held = first("held");
  if (held !== undefined)
    return {
      state: "held",
      sentence:
        held.blocking > 0
          ? `${progress}; run ${held.number} of ${held.workspace.name} is held, and a finding blocks its plan. Next: revert this pull request, or fix forward with a new one.`
          : `${progress}; run ${held.number} of ${held.workspace.name} is held${held.reason === null ? ": its plan was not approved yet." : `. ${held.reason}`} Next: ${list(approvers, "or")} looks at it and approves.`,
    };
  if (first("expired") !== undefined)
    return {
      state: "unapplied",
      sentence: `${progress}; what was held was not approved in time. Next: retry it, revert this pull request, or fix forward.`,
    };
  if (done < total) return { state: "applying", sentence: `${progress}; the rest follows by itself.` };
  const gone =
    removed.length === 0
      ? ""
      : ` ${list(removed)} ${removed.length === 1 ? "is" : "are"} declared no more and still exist${removed.length === 1 ? "s" : ""}: a destroy pull request takes ${removed.length === 1 ? "it" : "them"} away.`;
  const later = waitForState
    .map(({ workspace, pullRequest }) => ` In ${workspace} it is applied with #${pullRequest}, which brings the state.`)
    .join("");
  const passed = applies.filter((run) => run.status === "superseded").map(({ workspace }) => workspace.name);
  if (total > 0 && passed.length === total)
    return {
      state: "superseded",
      sentence: `Merged; later merges took its place before it was applied.${later}${gone}`,
    };
  const here = total - passed.length;
  const instead = passed.length === 0 ? "" : ` In ${list(passed)} a later merge took its place.`;
  return {
    state: "applied",
    sentence:
      total === 0
        ? `Merged${later === "" ? "; there was nothing to apply" : ""}.${later}${gone}`
        : `Merged and applied in ${here} workspace${here === 1 ? "" : "s"}.${instead}${later}${gone}`,
  };
}
