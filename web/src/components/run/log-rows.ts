import type { RunPhase } from "@plumbline/contract/run-status";
import type { LogLine } from "../../api/use-run-log.ts";

/** A row of the log: a phase's head, a line, or a fold of lines that only repeat. */
export type LogRow =
  | { kind: "phase"; key: string; phase: RunPhase; at: string; lines: number; seconds: number; open: boolean }
  | { kind: "line"; key: string; line: LogLine }
  | { kind: "repeat"; key: string; first: LogLine; text: string; lines: number; seconds: number; open: boolean };

/** "aws_db_instance.orders: Still creating... [10s elapsed]" of every interval is one thing said again. */
function repeated(text: string): string | undefined {
  return /^(.*: still [a-z]+)\b/i.exec(text)?.[1];
}

/**
 * The log's rows. `toggled` holds the keys of folds that are not as they begin: of a short log the last two
 * phases begin open, of a long one the last; repetitions begin folded. Rows with a hit of the search are always shown.
 */
export function logRows(
  lines: readonly LogLine[],
  toggled: ReadonlySet<string>,
  isHit: (line: LogLine) => boolean,
): LogRow[] {
  const rows: LogRow[] = [];
  const groups = groupBy(lines, ({ phase }) => phase);
  for (const [index, group] of groups.entries()) {
    const [first] = group;
    if (first === undefined) continue;
    const key = `phase ${first.phase} ${first.id}`;
    const beginsOpen = index >= groups.length - (lines.length < 200 ? 2 : 1);
    const open = beginsOpen !== toggled.has(key) || group.some(isHit);
    rows.push({
      kind: "phase",
      key,
      phase: first.phase,
      at: first.at,
      lines: group.length,
      seconds: spanOf(group),
      open,
    });
    if (open) rows.push(...lineRows(group, toggled, isHit));
  }
  return rows;
}

function lineRows(
  lines: readonly LogLine[],
  toggled: ReadonlySet<string>,
  isHit: (line: LogLine) => boolean,
): LogRow[] {
  return groupBy(lines, ({ text, id }) => repeated(text) ?? String(id)).flatMap((group): LogRow[] => {
    const [first] = group;
    if (first === undefined) return [];
    const asLines = group.map((line): LogRow => ({ kind: "line", key: String(line.id), line }));
    if (group.length === 1) return asLines;
    const key = `repeat ${first.id}`;
    const open = toggled.has(key) || group.some(isHit);
    const head: LogRow = {
      kind: "repeat",
      key,
      first,
      text: repeated(first.text) ?? first.text,
      lines: group.length,
      seconds: spanOf(group),
      open,
    };
    return open ? [head, ...asLines] : [head];
  });
}

/** Seconds from the first line to the last. */
function spanOf(lines: readonly LogLine[]): number {
  const [first, last] = [lines[0], lines.at(-1)];
  return first === undefined || last === undefined ? 0 : (Date.parse(last.at) - Date.parse(first.at)) / 1000;
}

/** Neighbours with the same key together, in order. */
function groupBy(lines: readonly LogLine[], keyOf: (line: LogLine) => string): LogLine[][] {
  const groups: LogLine[][] = [];
  let before: string | undefined;
  for (const line of lines) {
    const key = keyOf(line);
    if (key === before) groups.at(-1)?.push(line);
    else groups.push([line]);
    before = key;
  }
  return groups;
}

/** A line's text in pieces: hits of the search, masked secrets, the rest. */
export interface LogPiece {
  text: string;
  kind: "plain" | "hit" | "secret";
}

const masked = "(secret)";

/** Cuts a line where something is to be marked. `search` is plain text, case does not matter. */
export function logPieces(text: string, search: string): LogPiece[] {
  const escaped = search === "" ? [] : [search.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")];
  const pattern = new RegExp(`(\\(secret\\)${escaped.map((part) => `|${part}`).join("")})`, "gi");
  return text
    .split(pattern)
    .filter((piece) => piece !== "")
    .map((piece) => ({
      text: piece,
      kind:
        piece === masked ? "secret" : search !== "" && piece.toLowerCase() === search.toLowerCase() ? "hit" : "plain",
    }));
}

/** How a line is coloured: what went well, what warns, what failed. */
export function lineTone(text: string): "ok" | "medium" | "failed" | undefined {
  if (/^(╷|│)?\s*(error\b|Error:)/i.test(text)) return "failed";
  if (/^(╷|│)?\s*warning\b/i.test(text)) return "medium";
  return /(creation|modifications?|destruction|import|read|apply) complete\b/i.test(text) ? "ok" : undefined;
}
