import { readFileSync } from "node:fs";

/** Which limit a process went over. */
export type StopReason = "time" | "cpu" | "memory";

export interface ProcessWatchLimits {
  timeoutMs: number;
  cpuMs?: number;
  memoryBytes?: number;
}

/** Linux counts processor time for programs in hundredths of a second, on every architecture. */
const millisecondsPerTick = 10;
const everyMs = 20;

/** Looks at a process until `end` is called, and says once which limit it went over. */
export function watchProcess(
  pid: number | undefined,
  limits: ProcessWatchLimits,
  onOver: (reason: StopReason) => void,
): { end: () => void } {
  const deadline = setTimeout(() => onOver("time"), limits.timeoutMs);
  const isCounted = limits.cpuMs !== undefined || limits.memoryBytes !== undefined;
  const look = (): void => {
    const used = pid === undefined ? undefined : usageOf(pid);
    if (used === undefined) return;
    if (limits.cpuMs !== undefined && used.cpuMs > limits.cpuMs) onOver("cpu");
    else if (limits.memoryBytes !== undefined && used.memoryBytes > limits.memoryBytes) onOver("memory");
  };
  const ticker = isCounted ? setInterval(look, everyMs) : undefined;
  return {
    end: () => {
      clearTimeout(deadline);
      clearInterval(ticker);
    },
  };
}

/** What a process has used so far, from `/proc`; undefined where there is none, or the process has ended. */
function usageOf(pid: number): { cpuMs: number; memoryBytes: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, which may hold anything; user and system time are 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const resident = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return {
      cpuMs: (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick,
      memoryBytes: Number(resident ?? 0) * 1024,
    };
  } catch {
    return undefined;
  }
}
