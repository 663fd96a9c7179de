import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The supervisors of all runs in this folder that are alive. Each wrote its id, with its start time, into its run's folder. */
export function supervisorsBelow(runs: string): number[] {
  if (!existsSync(runs)) return [];
  return readdirSync(runs).flatMap((name) => {
    const file = join(runs, name, "supervisor.json");
    if (!existsSync(file)) return [];
    const { pid, startTime } = JSON.parse(readFileSync(file, "utf8")) as { pid: number; startTime: number };
    return startTimeOf(pid) === startTime ? [pid] : [];
  });
}

/** Ids of all processes that name this folder in their command line, but this one. */
export function processesNaming(folder: string): { pid: number; command: string }[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
      return command.includes(folder) ? [{ pid: Number(name), command }] : [];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}

/** The postmaster of a cluster, in a list; none where it does not run. Source: the first line of postmaster.pid. */
export function postmasterOf(cluster: string): number[] {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return [];
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return startTimeOf(pid) === undefined ? [] : [pid];
}

/** The processes of a postmaster that serve connections. */
export function backendsOf(postmaster: readonly number[]): number[] {
  return postmaster.flatMap((pid) =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .split(" ")
      .filter((child) => child !== "")
      .map(Number)
      .filter((child) => /^postgres: plumbline_\w+ /.test(commandOf(child))),
  );
}

/** SIGKILL to one that may have ended by itself. */
export function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ESRCH") throw error;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** Clock ticks since boot; undefined where there is no such process, or a zombie. Source: proc(5), field 22. */
function startTimeOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : Number(fields[19]);
  } catch {
    return undefined;
  }
}
