import { closeSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import type { RunEvent } from "@plumbline/contract/jobs";

type WithoutPlace<E> = E extends unknown ? Omit<E, "sequence" | "at"> : never;

/** An event before it has its number and time. */
export type NewEvent = WithoutPlace<RunEvent>;

/** The journal of a run: what happened, in order, on disk before anybody is told. */
export interface Journal {
  /** Numbers the events, stamps them, writes them in one go. */
  append(...events: NewEvent[]): void;
  /** Returns when everything appended survives a loss of power. */
  sync(): void;
  close(): void;
}

/** Opens the journal; an existing one is continued, a last line that was not written to its end is dropped. */
export function openJournal(file: string): Journal {
  const descriptor = openSync(file, "a+", 0o600);
  const before = readFileSync(descriptor);
  const whole = before.lastIndexOf(0x0a) + 1;
  if (whole < before.length) ftruncateSync(descriptor, whole);
  let sequence = lastSequence(before.subarray(0, whole).toString("utf8"));
  return {
    append(...events) {
      if (events.length === 0) return;
      const at = new Date().toISOString();
      const lines = events.map((event) => `${JSON.stringify({ sequence: (sequence += 1), at, ...event })}\n`);
      writeWhole(descriptor, Buffer.from(lines.join("")));
    },
    sync: () => fdatasyncSync(descriptor),
    close: () => closeSync(descriptor),
  };
}

function writeWhole(descriptor: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

function lastSequence(text: string): number {
  const last = text.trimEnd().split("\n").at(-1);
  if (!last) return 0;
  const event: RunEvent = JSON.parse(last);
  return event.sequence;
}
