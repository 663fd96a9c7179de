import { getDriftCase } from "@plumbline/contract";
import type { DriftCase } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { findingLines } from "../runs/finding-lines.ts";
import { diffLines } from "../runs/plan-lines.ts";
import { actedLines } from "../terminal/acted.ts";
import { facts, heading } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { statusStyle } from "../terminal/status-style.ts";
import { wrap } from "../terminal/width.ts";
import { ago, moment } from "../terminal/words.ts";

/** `plumb drift show` */
export async function showCase(context: Context, number: number): Promise<void> {
  const client = await context.client();
  const shown = await client.call(getDriftCase, { params: { number } });
  context.print(shown, caseLines);
}

function caseLines(shown: DriftCase, look: Look): string[] {
  const severity = look.paint(statusStyle(shown.severity), shown.severity);
  return [
    `${look.paint("bold", `Case ${shown.number}: ${shown.title}`)}  ${shown.status}, ${severity}`,
    ...wrap(shown.sentence, look.columns),
    "",
    ...facts(look, [
      ["workspace", shown.workspace],
      ["found", `${ago(shown.openedAt, look.now)}, by run ${shown.openedRun}`],
      ["last clean", ago(shown.lastCleanAt, look.now)],
      ["last seen", `${ago(shown.lastSeenAt, look.now)}, by run ${shown.lastRun}`],
      ["closed", shown.closedAt === null ? null : ago(shown.closedAt, look.now)],
      ["owners", shown.owners.join(", ") || null],
      ["pull request", shown.pullRequest === null ? null : `#${shown.pullRequest}`],
    ]),
    ...heading(look, "From what was applied to what is there"),
    ...changeLines(shown, look),
    ...(shown.findings.length === 0 ? [] : heading(look, "Findings on what is there")),
    ...findingLines(shown.findings, look),
    ...heading(look, "Timeline"),
    ...actedLines(look, shown.timeline, (at) => `  ${moment(at)}`),
  ];
}

/** The changes as a diff: a plan view that holds nothing but what was changed outside. */
function changeLines({ changes }: DriftCase, look: Look): string[] {
  const none = {
    add: 0,
    change: 0,
    replace: 0,
    destroy: 0,
    import: 0,
    move: 0,
    forget: 0,
    outside: changes.length,
  };
  const lines = diffLines(
    {
      version: 1,
      engineVersion: "",
      counts: none,
      changes: false,
      complete: true,
      errored: false,
      resources: [],
      outputs: [],
      outside: changes,
      hidden: { resources: 0, outputs: 0, outside: 0 },
    },
    look,
  );
  // It begins with a heading of its own, and ends with a sum that says nothing about a case.
  return lines.slice(2, -2);
}
