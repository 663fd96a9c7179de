import { pullRequestCan } from "@plumbline/contract/pull-request-status";
import type { GlyphName } from "../../ui/marks/glyph.tsx";
import type { Tone } from "../../ui/marks/tone.ts";
import type { GateCondition, PullRequest } from "./types.ts";

/** Conditions that a person satisfies; the others a change or a run. */
const byPeople = new Set<GateCondition["kind"]>(["owner", "approvals", "ticket", "right"]);

/** Conditions that come about by themselves while the pull request is planned. */
const byRuns = new Set<GateCondition["kind"]>(["plans", "fresh", "applied"]);

/** The gate as it is drawn: unmet conditions first, in the server's order. */
export function gateView(
  gate: readonly GateCondition[],
  planning = false,
): {
  met: number;
  conditions: (GateCondition & { glyph: GlyphName; tone: Tone })[];
} {
  const conditions = gate.map((condition) => ({ ...condition, ...shape(condition, planning) }));
  return {
    met: gate.filter(({ met }) => met).length,
    conditions: [...conditions.filter(({ met }) => !met), ...conditions.filter(({ met }) => met)],
  };
}

function shape({ met, kind }: GateCondition, planning: boolean): { glyph: GlyphName; tone: Tone } {
  if (met) return { glyph: "done", tone: "ok" };
  if (planning && byRuns.has(kind)) return { glyph: "waits", tone: "ink" };
  return byPeople.has(kind) ? { glyph: "open", tone: "ink" } : { glyph: "failed", tone: "failed" };
}

/** A condition's detail around the names in it, so that the reader's own can be marked; null where it names nobody. */
export function aroundNames({ detail, who }: Pick<GateCondition, "detail" | "who">): [string, string] | null {
  const names = who.length <= 1 ? who.join("") : `${who.slice(0, -1).join(", ")} or ${who.at(-1)}`;
  const at = names === "" ? -1 : detail.indexOf(names);
  return at === -1 ? null : [detail.slice(0, at), detail.slice(at + names.length)];
}

/** Why it cannot be merged now; null: it can. The table of the contract first, then what the server says. */
export function mergeReason(pullRequest: Pick<PullRequest, "status" | "can" | "gate">): string | null {
  if (!pullRequestCan("merge", pullRequest.status)) return `It is ${pullRequest.status}.`;
  if (pullRequest.can.merge.allowed) return null;
  const open = pullRequest.gate.filter(({ met }) => !met).length;
  return pullRequest.can.merge.reason ?? `Not yet: ${open} of ${pullRequest.gate.length} conditions are open.`;
}
