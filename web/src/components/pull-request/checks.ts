import type { GlyphName } from "../../ui/marks/glyph.tsx";
import type { Tone } from "../../ui/marks/tone.ts";
import { runWord } from "../state-words.ts";
import type { PullRequest } from "./types.ts";

/** Something that was judged. */
export interface Check {
  title: string;
  detail: string;
  place: string | null;
  run: number | null;
  glyph: GlyphName;
  tone: Tone;
}

const good = { glyph: "done", tone: "ok" } as const;
const bad = { glyph: "failed", tone: "failed" } as const;

/** The checks of the newest patch set: does it merge, are the configuration files right, what does each plan say. */
export function checksOf(pullRequest: PullRequest): Check[] {
  const newest = pullRequest.patchSets.find(({ number }) => number === pullRequest.patchSet);
  const patchSetChecks: Check[] =
    newest === undefined
      ? []
      : [
          newest.conflicts.length === 0
            ? { title: "Merges with main", detail: "No conflicts.", place: null, run: null, ...good }
            : {
                title: "Merges with main",
                detail: "Rebase on main and push again.",
                place: newest.conflicts.join(", "),
                run: null,
                ...bad,
              },
          ...(newest.problems.length === 0
            ? [{ title: "Configuration files", detail: "Read without a mistake.", place: null, run: null, ...good }]
            : []),
          ...newest.problems.map((problem) => ({
            title: problem.message,
            detail: problem.proposal ?? "Correct the line and push again.",
            place: `${problem.file}${problem.line === null ? "" : `:${problem.line}`}`,
            run: null,
            ...bad,
          })),
        ];
  const planChecks = pullRequest.affected.map((item): Check => {
    const state =
      item.runStatus === null
        ? { glyph: "waits" as const, tone: "ink" as const }
        : runWord({ status: item.runStatus, kind: "plan" });
    const blocked = item.blocking > 0;
    return {
      title: `Plan and checks of ${item.workspace}`,
      detail: blocked ? `${item.line}. ${item.blocking} blocking.` : item.line,
      place: null,
      run: item.run,
      glyph: blocked ? "failed" : state.glyph,
      tone: blocked ? "failed" : state.tone,
    };
  });
  return [...patchSetChecks, ...planChecks];
}
