import type { AffectedWorkspace } from "@plumbline/contract";
import { gateLines } from "../pull-requests/gate-lines.ts";
import type { Look } from "../terminal/look.ts";
import { statusCell, statusStyle } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { countsText, plural } from "../terminal/words.ts";
import { currentRun } from "./snapshot.ts";
import type { Snapshot } from "./snapshot.ts";

/** A pull request for a terminal that is painted again and again: at most `rows` lines. */
export function viewLines({ shown, logs }: Snapshot, look: Look, rows: number): string[] {
  const head = [
    `${look.paint("bold", `#${shown.number} ${shown.title}`)}  ${look.paint(statusStyle(shown.state), shown.state)}`,
    ...wrap(shown.sentence, look.columns),
    "",
  ];
  const gate = shown.status === "open" ? [...gateLines(shown.gate, look), ""] : [];
  const workspaces = table(
    look,
    [{ title: "WORKSPACE", least: 12 }, { title: "RUN" }, { title: "" }, { title: "PLAN" }, { title: "", least: 10 }],
    shown.affected.map((one) => {
      const run = currentRun(one);
      return [
        one.workspace,
        run === undefined ? "-" : `${run.kind} ${run.run}`,
        run === undefined ? "-" : statusCell(run.status),
        countsText(one.counts),
        lastLine(one, logs),
      ];
    }),
    "No workspace is affected.",
  );
  return cut([...head, ...gate, ...workspaces], rows);
}

/** The newest log line of a running run, else what the server says about the workspace. */
function lastLine(one: AffectedWorkspace, logs: Snapshot["logs"]): string {
  const run = currentRun(one);
  const line = run === undefined ? undefined : logs.get(run.run);
  return run?.status === "running" && line !== undefined ? `${line.phase}: ${line.text.trim()}` : one.line;
}

function cut(lines: string[], rows: number): string[] {
  if (lines.length <= rows) return lines;
  const most = Math.max(1, rows - 1);
  return [...lines.slice(0, most), `… ${plural(lines.length - most, "more line")}`];
}
