import type { AffectedWorkspace, GateCondition } from "@plumbline/contract";
import { gateLines } from "../pull-requests/gate-lines.ts";
import type { Look } from "../terminal/look.ts";
import { statusCell, statusStyle } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { fit, wrap } from "../terminal/width.ts";
import { countsText, plural } from "../terminal/words.ts";
import { currentRun } from "./snapshot.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * A pull request for a terminal that is painted again and again: at most `rows` lines. Where there is little room, the gate
 * becomes a line for each condition that is not met, and workspaces where something happens come first.
 */
export function viewLines(snapshot: Snapshot, look: Look, rows: number): string[] {
  const { shown } = snapshot;
  const patchSet = `  patch set ${shown.patchSet}`;
  const title = fitted(`#${shown.number} ${shown.title}`, look, 2 + shown.state.length + patchSet.length);
  const state = look.paint(statusStyle(shown.state), shown.state);
  const head = [
    `${look.paint("bold", title)}  ${state}${look.paint("dim", patchSet)}`,
    ...wrap(shown.sentence, look.columns),
    "",
  ];
  const room = rows - head.length;
  const gate = shown.status === "open" ? [...gateLines(shown.gate, look), ""] : [];
  const all = workspaceLines(shown.affected, snapshot, look);
  if (gate.length + all.length <= room) return [...head, ...gate, ...all];
  const brief = shown.status === "open" ? briefGate(shown.gate, look) : [];
  const most = brief.length + 1 + all.length <= room ? brief.length : Math.max(2, Math.floor(room / 2) - 1);
  const kept = brief.length === 0 ? [] : [...cut(brief, most, "condition"), ""];
  const urgent = shown.affected.toSorted((left, right) => urgency(left) - urgency(right));
  return cut(
    [...head, ...kept, ...cut(workspaceLines(urgent, snapshot, look), room - kept.length, "workspace")],
    rows,
    "line",
  );
}

function workspaceLines(affected: readonly AffectedWorkspace[], { logs }: Snapshot, look: Look): string[] {
  return table(
    look,
    [
      { title: "WORKSPACE", least: 12 },
      { title: "RUN" },
      { title: "" },
      { title: "PLAN" },
      { title: "", least: 10, extra: true },
    ],
    affected.map((one) => {
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
}

/** A line for each condition that is not met, and how many are. */
function briefGate(gate: readonly GateCondition[], look: Look): string[] {
  const missing = gate.filter(({ met }) => !met);
  const metCount = gate.length - missing.length;
  return [
    ...missing.map(
      ({ title, who }) =>
        `  ${look.paint("red", "✗")} ${fitted(who.length === 0 ? title : `${title}: ${who.join(", ")}`, look, 4)}`,
    ),
    ...(metCount === 0 ? [] : [`  ${look.paint("green", "✓")} ${plural(metCount, "condition")} met`]),
  ];
}

/** The text in what `before` leaves of a line. */
function fitted(text: string, { columns }: Look, before: number): string {
  return columns === undefined ? text : fit(text, Math.max(8, columns - before));
}

const order = ["running", "failed", "unknown", "held", "expired", "canceled", "queued", "waits"];

/** Where something happens or went wrong comes first, then what is still to come, then what is done. */
function urgency(one: AffectedWorkspace): number {
  const at = order.indexOf(currentRun(one)?.status ?? "");
  return at < 0 ? order.length : at;
}

/** The newest log line of a running run, else what the server says about the workspace. */
function lastLine(one: AffectedWorkspace, logs: Snapshot["logs"]): string {
  const run = currentRun(one);
  const line = run === undefined ? undefined : logs.get(run.run);
  return run?.status === "running" && line !== undefined ? `${line.phase}: ${line.text.trim()}` : one.line;
}

function cut(lines: string[], rows: number, what: string): string[] {
  if (lines.length <= rows) return lines;
  const most = Math.max(1, rows - 1);
  return [...lines.slice(0, most), `… ${plural(lines.length - most, `more ${what}`)}`];
}
