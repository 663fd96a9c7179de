import { readFileSync } from "node:fs";

/** A process as /proc shows it. Times are in seconds, in steps of 10 ms. */
export interface ProcessInfo {
  pid: number;
  parent: number;
  name: string;
  /** Own time, user and system. */
  seconds: number;
  /** Time of its children that have ended and were waited for, theirs included. */
  childSeconds: number;
}

const ticksPerSecond = 100;

/** Reads /proc/<pid>/stat (proc_pid_stat(5)); undefined where the process is gone. */
export function readProcess(pid: number): ProcessInfo | undefined {
  const text = read(`/proc/${pid}/stat`);
  const end = text?.lastIndexOf(")") ?? -1;
  if (text === undefined || end < 0) return undefined;
  const fields = text.slice(end + 2).split(" ");
  const ticks = (index: number) => Number(fields[index]) / ticksPerSecond;
  return {
    pid,
    parent: Number(fields[1]),
    name: text.slice(text.indexOf("(") + 1, end),
    seconds: ticks(11) + ticks(12),
    childSeconds: ticks(13) + ticks(14),
  };
}

/** The command line, arguments separated by spaces; empty where the process is gone. */
export function commandLine(pid: number): string {
  return (read(`/proc/${pid}/cmdline`) ?? "").replaceAll("\0", " ").trim();
}

/** The process's living children. */
function childrenOf(pid: number): number[] {
  return (read(`/proc/${pid}/task/${pid}/children`) ?? "").trim().split(" ").filter(Boolean).map(Number);
}

/** The process and all living descendants. */
export function familyOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(familyOf)];
}

/** A file's text; undefined where it is not there any more. */
export function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
