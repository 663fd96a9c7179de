import { readdirSync, readFileSync } from "node:fs";

/** A process by its id and its start time in clock ticks since boot; ids alone are used again. */
export interface ProcessIdentity {
  pid: number;
  startTime: number;
}

/** Children of a process, of all its threads. Empty when it is gone. Source: proc(5), /proc/pid/task/tid/children. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

/** Who a process is, or undefined when there is none (a zombie counts as none). */
export function identify(pid: number): ProcessIdentity | undefined {
  const fields = statFields(pid);
  if (!fields || fields[0] === "Z") return undefined;
  return { pid, startTime: Number(fields[19]) };
}

/** Whether exactly this process still runs. */
export function isAlive(process: ProcessIdentity): boolean {
  return identify(process.pid)?.startTime === process.startTime;
}

/**
 * The engine's process below bwrap's: bwrap itself, its process 1 in the new pid namespace, then the command. Undefined
 * while the sandbox is still being built. Signals must go there: bwrap passes none on, and dies by them.
 */
export function engineBelow(bwrap: number): number | undefined {
  const [first] = childrenOf(bwrap);
  if (first === undefined) return undefined;
  const [engine] = childrenOf(first);
  return engine;
}

/** Fields of /proc/pid/stat after the name, which may itself hold blanks and brackets: [0] is the state. */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
