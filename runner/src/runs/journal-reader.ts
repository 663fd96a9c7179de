import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import type { RunEvent } from "@plumbline/contract/jobs";

/** Most events in one report, and about how many bytes of them. */
const mostEvents = 500;
const mostBytes = 2_000_000;

/** Reads a journal from where it was left. */
export interface JournalReader {
  /** The next events, or none. Calling it again without `advance` gives the same ones. */
  peek(): RunEvent[];
  /** Goes behind the events up to this sequence. */
  advance(sequence: number): void;
}

/** Reads whole lines only; the last one may still be in the making. */
export function journalReader(file: string): JournalReader {
  let offset = 0;
  let ends: { sequence: number; end: number }[] = [];
  return {
    peek() {
      const events: RunEvent[] = [];
      ends = [];
      for (const { text, end } of linesFrom(file, offset)) {
        const event: RunEvent = JSON.parse(text);
        events.push(event);
        ends.push({ sequence: event.sequence, end });
        if (events.length >= mostEvents || end - offset > mostBytes) break;
      }
      return events;
    },
    advance(sequence) {
      const last = ends.findLast((each) => each.sequence <= sequence);
      if (last) offset = last.end;
    },
  };
}

function linesFrom(file: string, offset: number): { text: string; end: number }[] {
  if (!existsSync(file)) return [];
  const descriptor = openSync(file, "r");
  try {
    const size = fstatSync(descriptor).size;
    // a line longer than this cannot be: events are bounded by the engine's longest line
    const buffer = Buffer.alloc(Math.min(Math.max(0, size - offset), mostBytes + 16_000_000));
    const count = readSync(descriptor, buffer, 0, buffer.length, offset);
    const lines: { text: string; end: number }[] = [];
    let at = 0;
    for (let end = buffer.indexOf(0x0a, at); end >= 0 && end < count; end = buffer.indexOf(0x0a, at)) {
      lines.push({ text: buffer.toString("utf8", at, end), end: offset + end + 1 });
      at = end + 1;
    }
    return lines;
  } finally {
    closeSync(descriptor);
  }
}
