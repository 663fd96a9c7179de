import type { PullRequestSummary } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { titleOfPart } from "../access/title-of-part.ts";
import type { PullRequestFacts } from "./facts.ts";
import { personMayPropose } from "./opening/may-propose.ts";
import { mayApproveFor } from "./gate/owners.ts";
import type { PatchSetRecord } from "./pull-request.ts";
import { mayReadPath } from "./sight.ts";
import type { Sight } from "./sight.ts";

/**
 * The facts of a pull request as somebody may see them who is kept to clients; for everybody else they stay as they are.
 * Of one that he sees in part nothing is left that people wrote about the whole of it (title, description, ticket,
 * commits, what approvals mean), and of its people only those who act for his environments.
 */
export function narrowFacts(facts: PullRequestFacts, actor: Actor, sight: Exclude<Sight, "none">): PullRequestFacts {
  if (!keptToClients(actor)) return facts;
  const reads = (environment: string): boolean => may(actor, "environment.read", environment);
  const affected = facts.affected.filter((row) => reads(row.environment));
  const runs = new Map([...facts.runs].filter(([, run]) => reads(run.workspace.environment)));
  const patchSets = facts.patchSets.map((one) => narrowPatchSet(one, actor, facts.rules, sight));
  const common: PullRequestFacts = {
    ...facts,
    affected,
    runs,
    applies: new Map([...facts.applies].filter(([, run]) => reads(run.workspace.environment))),
    patchSets,
    patchSet: narrowPatchSet(facts.patchSet, actor, facts.rules, sight),
    missingApplies: facts.missingApplies.filter(({ environment, before }) => reads(environment) && reads(before)),
    dependents: null,
  };
  if (sight === "whole") return common;
  const environments = [...new Set(affected.map((row) => row.environment))];
  const workspaces = new Set(affected.map((row) => row.workspace));
  const approvers = new Set(
    facts.people.filter((person) => environments.some((name) => mayApproveFor(person, name))).map(({ id }) => id),
  );
  const proposers = new Set(
    facts.people
      .filter((person) => environments.some((name) => personMayPropose(person, name, facts.rules)))
      .map(({ id }) => id),
  );
  const who = (id: string | null): string | null =>
    id !== null && (proposers.has(id) || approvers.has(id)) ? id : null;
  return {
    ...common,
    pullRequest: {
      ...facts.pullRequest,
      title: titleOfPart(environments),
      description: "",
      ticket: null,
      topic: null,
      workspaces: null,
      revertsNumber: null,
      driftCase: null,
      openedBy: who(facts.pullRequest.openedBy),
      mergedBy: who(facts.pullRequest.mergedBy),
    },
    patchSets: patchSets.map((one) => ({ ...one, pushedBy: who(one.pushedBy) })),
    approvals: facts.approvals
      .filter(({ personId }) => approvers.has(personId))
      .map((approval) => ({
        ...approval,
        digests: approval.digests.filter(({ workspace }) => workspaces.has(workspace)),
        meaning: "",
        statement: "",
        signature: Buffer.alloc(0),
        voidReason: approval.voidReason === null ? null : "It counts no more.",
      }))
      .filter(({ digests }) => digests.length > 0),
    contributors: [],
  };
}

function narrowPatchSet(
  patchSet: PatchSetRecord,
  actor: Actor,
  { environmentsOf }: PullRequestFacts["rules"],
  sight: Sight,
): PatchSetRecord {
  const readable = (path: string): boolean => mayReadPath(actor, environmentsOf, path);
  return {
    ...patchSet,
    changedPaths: patchSet.changedPaths.filter(readable),
    promotedPaths: sight === "whole" ? patchSet.promotedPaths : [],
    conflicts: patchSet.conflicts?.filter(readable) ?? null,
    commits: sight === "whole" ? patchSet.commits : [],
    addresses: [],
    problems: patchSet.problems.filter(({ file }) => readable(file)),
  };
}

const partSentences: Record<PullRequestSummary["state"], string> = {
  planning: "The whole of it is being planned.",
  blocked: "Something keeps the whole of it from being merged; whoever proposes it mends it.",
  waits: "The whole of it waits for approvals.",
  ready: "The whole of it can be merged.",
  applying: "It was merged, and is being applied.",
  held: "It was merged; a plan of it is held for approval.",
  failed: "It was merged, and an apply of it failed.",
  unapplied: "It was merged, and something of it is not applied.",
  superseded: "It was merged, and later merges took its place before it was applied.",
  applied: "It was merged and applied.",
  closed: "Closed without merging; nothing was applied.",
};

/** What is said of a pull request to who sees a part of it: how the whole stands, not why. */
export function sentenceOfPart(state: PullRequestSummary["state"]): string {
  return partSentences[state];
}
