import type { GateCondition } from "@plumbline/contract";
import { proposedVersion } from "../../states/proposed-state.ts";
import { countsText, touchesResources } from "../../runs/run.ts";
import type { PullRequestFacts } from "../facts.ts";
import { planOf } from "../facts.ts";
import type { RunFacts } from "../runs-port.ts";

/**
 * What a state that is brought along asks for: its workspace holds nothing, and the plan over it shows no change. New
 * values of outputs alone are let pass: they change nothing that exists, and are approved with the plan.
 */
export function takeOverConditions(facts: PullRequestFacts): GateCondition[] {
  const { proposal, pullRequest } = facts;
  if (proposal === null) return [];
  const name = pullRequest.workspaces?.[0] ?? "its workspace";
  const row = facts.affected.find(({ workspaceId }) => workspaceId === proposal.workspaceId);
  const taken = row !== undefined && row.stateVersion !== proposedVersion;
  const { applying } = facts;
  const differs = row === undefined ? "It is planned once main declares it." : difference(name, planOf(facts, row));
  return [
    condition("state:empty", {
      met: !taken && applying === null,
      title: `${name} holds nothing yet`,
      detail: taken
        ? `It has a state of its own meanwhile (version ${row.stateVersion}). Close this pull request.`
        : applying === null
          ? "The state can be taken over."
          : `Run ${applying.number} is to make it anew. Cancel it, or close this pull request.`,
    }),
    condition("state:same", {
      met: differs === null,
      title: `The code says what the state of ${name} says`,
      detail: differs ?? "Nothing is created, changed or destroyed.",
    }),
  ];
}

/** Why a plan does not show that code, state and reality are the same; null where it does. */
function difference(name: string, run: RunFacts | undefined): string | null {
  if (run?.status === "waits" && run.waitsFor === "outputs")
    return `It ${run.reason ?? "needs a value of another workspace"}. Take over that one's state first.`;
  if (run?.status !== "finished" || run.counts === null) return "It is not planned yet.";
  if (touchesResources(run.counts))
    return `The code does not say what the state says: ${countsText(run.counts)}. Mend code or values by a pull request (with this one open nothing of it is applied in ${name}); or apply the code with your engine where the state is now, close this and bring the new state.`;
  const { outside } = run.counts;
  if (outside > 0)
    return `The state does not say what is there: ${outside} ${outside === 1 ? "resource was" : "resources were"} changed outside. Have your engine note that (apply -refresh-only) where the state is now, close this and bring the new state.`;
  return null;
}

function condition(id: string, { met, title, detail }: Pick<GateCondition, "met" | "title" | "detail">): GateCondition {
  return { id, kind: "state", met, title, detail, who: [], file: null, line: null };
}
