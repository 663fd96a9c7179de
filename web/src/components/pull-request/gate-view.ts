import { pullRequestCan } from "@plumbline/contract/pull-request-status";
import type { GlyphName } from "../../ui/glyph.tsx";
import type { Tone } from "../../ui/tone.ts";
import type { GateCondition, PullRequest } from "./types.ts";

/** Conditions that a person satisfies; the others a change or a run. */
const byPeople = new Set<GateCondition["kind"]>(["owner", "approvals", "ticket", "right"]);

/** The gate as it is drawn: unmet conditions first, in the server's order. */
export function gateView(gate: readonly GateCondition[]): {
  met: number;
  conditions: (GateCondition & { glyph: GlyphName; tone: Tone })[];
} {
  const conditions = gate.map((condition) => ({ ...condition, ...shape(condition) }));
  return {
    met: gate.filter(({ met }) => met).length,
    conditions: [...conditions.filter(({ met }) => !met), ...conditions.filter(({ met }) => met)],
  };
}

function shape({ met, kind }: GateCondition): { glyph: GlyphName; tone: Tone } {
  if (met) return { glyph: "done", tone: "ok" };
  return byPeople.has(kind) ? { glyph: "open", tone: "ink" } : { glyph: "failed", tone: "failed" };
}

/** Why it cannot be merged now; null: it can. The table of the contract first, then what the server says. */
export function mergeReason(pullRequest: Pick<PullRequest, "status" | "can" | "gate">): string | null {
  if (!pullRequestCan("merge", pullRequest.status)) return `It is ${pullRequest.status}.`;
  if (pullRequest.can.merge.allowed) return null;
  const open = pullRequest.gate.filter(({ met }) => !met).length;
  return pullRequest.can.merge.reason ?? `Not yet: ${open} of ${pullRequest.gate.length} conditions are open.`;
}
