import { mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { read } from "./processes.ts";

/** A control group (cgroup v2) of our own: the kernel counts the CPU time of everything that ever ran in it. */
export interface ControlGroup {
  /** Its folder in the cgroup file system. */
  readonly folder: string;
  /** Puts a process in; what it starts from then on is in it too. False where it is gone. */
  add(pid: number): boolean;
  /** Processes that are in it now. */
  members(): number[];
  /** CPU time in seconds, user and system, ended processes included. */
  seconds(): number;
  /** Takes it away; its members must have ended. */
  remove(): void;
}

/** Makes a control group; undefined where this user or system does not let us. */
export function makeControlGroup(name: string): ControlGroup | undefined {
  const mount = /^\S+ (\S+) cgroup2 /m.exec(read("/proc/self/mounts") ?? "")?.[1];
  if (mount === undefined) return undefined;
  const folder = join(mount, name);
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    return undefined;
  }
  const group: ControlGroup = {
    folder,
    add(pid) {
      try {
        writeFileSync(join(folder, "cgroup.procs"), String(pid));
        return true;
      } catch {
        return false;
      }
    },
    members: () => (read(join(folder, "cgroup.procs")) ?? "").split("\n").filter(Boolean).map(Number),
    seconds: () => Number(/^usage_usec (\d+)$/m.exec(read(join(folder, "cpu.stat")) ?? "")?.[1] ?? Number.NaN) / 1e6,
    remove: () => rmdirSync(folder),
  };
  return Number.isNaN(group.seconds()) ? undefined : group;
}
