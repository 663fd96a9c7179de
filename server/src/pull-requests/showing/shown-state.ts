import type { GateCondition, PullRequestSummary } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { keptToClients } from "../../access/kept-to-clients.ts";
import { heldApprovers } from "../approving/held-plans.ts";
import type { PullRequestFacts } from "../facts.ts";
import { nameOf, planOf } from "../facts.ts";
import { gateOf, onlyMainMoved } from "../gate/gate-of-facts.ts";
import { narrowFacts, sentenceOfPart } from "../narrow-facts.ts";
import { describe } from "./describe.ts";

/** How a pull request is now. */
export interface ShownState {
  gate: GateCondition[];
  state: PullRequestSummary["state"];
  sentence: string;
}

/** A pull request as somebody sees it. */
export interface ShownFacts {
  facts: PullRequestFacts;
  sight: "whole" | "part";
  shown: ShownState;
}

/** What of a pull request the actor is shown. */
export function shownTo(actor: Actor, facts: PullRequestFacts, sight: "whole" | "part"): ShownFacts {
  const whole = stateOf(facts);
  if (!keptToClients(actor)) return { facts, sight, shown: whole };
  const narrow = narrowFacts(facts, actor, sight);
  const general = { gate: [], state: whole.state, sentence: sentenceOfPart(whole.state) };
  if (sight === "part") return { facts: narrow, sight, shown: general };
  const own = stateOf(narrow);
  return { facts: narrow, sight, shown: own.state === whole.state ? own : { ...general, gate: own.gate } };
}

/** How a pull request is now: gate, state and sentence. */
export function stateOf(facts: PullRequestFacts): ShownState {
  const gate = facts.pullRequest.status === "open" ? gateOf(facts) : [];
  const planned = facts.affected.filter((row) => row.inputTree !== null);
  const done = planned.filter((row) => {
    const run = planOf(facts, row);
    return run !== undefined && !isUnderWay(run);
  });
  const described = describe({
    status: facts.pullRequest.status,
    purpose: facts.pullRequest.purpose,
    affects: facts.affected.length > 0,
    gate,
    plans: { total: planned.length, done: done.length },
    applies: [...facts.applies.values()],
    approvers: heldApprovers(facts),
    proposer: nameOf(facts, facts.pullRequest.openedBy)?.name ?? null,
    waitForState: facts.affected.flatMap(({ workspace, stateFrom }) =>
      stateFrom === null || stateFrom === facts.pullRequest.number ? [] : [{ workspace, pullRequest: stateFrom }],
    ),
    removed: facts.affected.filter((row) => row.relation === "removed").map((row) => row.workspace),
    onlyMainMoved: facts.pullRequest.status === "open" && onlyMainMoved(facts),
  });
  return { gate, ...described };
}

function isUnderWay(run: { status: string; waitsFor: string | null }): boolean {
  return (
    run.status === "queued" ||
    run.status === "running" ||
    (run.status === "waits" && run.waitsFor !== "outputs" && run.waitsFor !== "engine")
  );
}
