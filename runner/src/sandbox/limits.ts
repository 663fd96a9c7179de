/** Resource limits of one sandboxed process tree, as `prlimit` sets them. Memory needs cgroups, which are not everywhere. */
export interface ProcessLimits {
  /** Open files per process. */
  openFiles: number;
  /** Processes and threads of the sandbox's user. */
  processes: number;
  /** Largest file that can be written, in bytes; also bounds what a phase can print. */
  fileSize: number;
}

/** What holds unless configured otherwise. */
export const defaultLimits: ProcessLimits = { openFiles: 65_536, processes: 8_192, fileSize: 2_147_483_648 };

/**
 * Lowers limits to what this machine allows at most: the hard limits in the text of /proc/self/limits. Raising one would
 * need a privilege that a sandbox does not have.
 */
export function withinHardLimits(limits: ProcessLimits, procLimits: string): ProcessLimits {
  const hard = (name: string) => {
    const value = new RegExp(`^${name}\\s+\\S+\\s+(\\d+)`, "m").exec(procLimits)?.[1];
    return value === undefined ? Number.POSITIVE_INFINITY : Number(value);
  };
  return {
    openFiles: Math.min(limits.openFiles, hard("Max open files")),
    processes: Math.min(limits.processes, hard("Max processes")),
    fileSize: Math.min(limits.fileSize, hard("Max file size")),
  };
}

/** Arguments of `prlimit` before the command: it sets the limits, then becomes the command. */
export function limitArguments(limits: ProcessLimits): string[] {
  return [
    `--nofile=${limits.openFiles}`,
    `--nproc=${limits.processes}`,
    `--fsize=${limits.fileSize}`,
    "--core=0",
    "--",
  ];
}
