import type { Style } from "./look.ts";

const styles: Record<string, Style> = {
  finished: "green",
  applied: "green",
  in_sync: "green",
  ready: "green",
  ok: "green",
  failed: "red",
  unknown: "red",
  frozen: "red",
  blocked: "red",
  drifted: "red",
  critical: "red",
  high: "red",
  medium: "yellow",
  held: "yellow",
  waits: "yellow",
  unapplied: "yellow",
  expired: "yellow",
  never_applied: "yellow",
  open: "yellow",
  running: "cyan",
  planning: "cyan",
  applying: "cyan",
  queued: "cyan",
  reverting: "cyan",
  low: "dim",
  closed: "dim",
  canceled: "dim",
  superseded: "dim",
  skipped: "dim",
};

/** The colour of a status or severity. The word always stands there too: nobody needs the colour. */
export function statusStyle(status: string): Style | undefined {
  return styles[status];
}

/** A status as a cell: `never applied`. */
export function statusCell(status: string): { text: string; style: Style | undefined } {
  return { text: status.replaceAll("_", " "), style: styles[status] };
}
