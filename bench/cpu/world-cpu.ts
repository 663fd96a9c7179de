import { makeControlGroup } from "./control-groups.ts";
import type { ControlGroup } from "./control-groups.ts";
import { partOf, parts } from "./parts.ts";
import type { Part } from "./parts.ts";
import { familyOf, readProcess } from "./processes.ts";

/** CPU time in seconds since the meter was made. `parts` is empty where only the sum could be had. */
export interface CpuUsage {
  total: number;
  parts: Map<Part, number>;
}

/** Counts the CPU time of programs and of all that they start, ended processes included. */
export interface CpuMeter {
  /** How it counts, in words. */
  readonly method: string;
  usage(): CpuUsage;
  /** Hears the first sight of each process of a part; at most some milliseconds after its start. */
  onSeen(listener: (part: Part, at: number) => void): void;
  close(): void;
}

const lookEvery = 3;

/**
 * Counts from now on: with control groups (exact; shares by looking every few milliseconds which part a new process is,
 * so what a process uses before it is seen counts for whoever started it), else by summing /proc (steps of 10 ms).
 */
export function cpuMeter(roots: readonly number[]): CpuMeter {
  const groups = new Map<Part, ControlGroup>();
  for (const part of parts) {
    const group = makeControlGroup(`plumbline-bench-${process.pid}-${part.toLowerCase()}`);
    if (group !== undefined) groups.set(part, group);
  }
  if (groups.size < parts.length) {
    groups.forEach((group) => group.remove());
    return meterByProc(roots);
  }
  return meterByGroups(roots, groups);
}

function meterByGroups(roots: readonly number[], groups: ReadonlyMap<Part, ControlGroup>): CpuMeter {
  const listeners: ((part: Part, at: number) => void)[] = [];
  const settled = new Map<number, Part>();
  for (const pid of roots.flatMap(familyOf)) place(pid, partOf(pid) ?? "server");
  function place(pid: number, part: Part): void {
    if (settled.get(pid) === part || groups.get(part)?.add(pid) !== true) return;
    settled.set(pid, part);
    for (const listener of listeners) listener(part, Date.now());
  }
  const look = () => {
    for (const [part, group] of groups) {
      // PostgreSQL's processes stay what they are, and there are many of them.
      if (part === "PostgreSQL") continue;
      for (const pid of group.members()) {
        const seen = partOf(pid);
        if (seen !== undefined && (seen !== part || settled.get(pid) !== seen)) place(pid, seen);
      }
    }
  };
  const timer = setInterval(look, lookEvery);
  const start = new Map([...groups].map(([part, group]) => [part, group.seconds()]));
  return {
    method: "control groups",
    usage() {
      const used = new Map([...groups].map(([part, group]) => [part, group.seconds() - (start.get(part) ?? 0)]));
      return { total: used.values().reduce((sum, seconds) => sum + seconds, 0), parts: used };
    },
    onSeen: (listener) => void listeners.push(listener),
    close() {
      clearInterval(timer);
      for (const group of groups.values())
        try {
          group.remove();
        } catch {
          // Something of it still runs; an empty group costs nothing.
        }
    },
  };
}

function meterByProc(roots: readonly number[]): CpuMeter {
  const sum = () => {
    const family = new Set(roots.flatMap(familyOf));
    return [...family].reduce((total, pid) => {
      const found = readProcess(pid);
      return total + (found === undefined ? 0 : found.seconds + found.childSeconds);
    }, 0);
  };
  const start = sum();
  return {
    method: "/proc",
    usage: () => ({ total: sum() - start, parts: new Map() }),
    onSeen: () => undefined,
    close: () => undefined,
  };
}
