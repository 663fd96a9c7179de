import { readFileSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { problem } from "@plumbline/contract";

/** Who PostgreSQL runs as, and the command that starts a program so. */
export interface OperatingUser {
  uid: number;
  gid: number;
  /** The program and arguments that run a program as this user. */
  command(program: string, args: string[]): { program: string; args: string[] };
}

/**
 * PostgreSQL refuses to run as root: then it runs as the system user postgres, or nobody. `--pdeathsig=INT` stops it
 * cleanly when this process is killed; else an orphan would hold the data directory.
 *
 * A folder that this user cannot enter (below /root, say) is made passable by the one capability that skips the check.
 */
export function operatingUser(folders: readonly string[]): OperatingUser {
  const self = userInfo();
  const linux = process.platform === "linux";
  if (self.uid !== 0) {
    return { uid: self.uid, gid: self.gid, command: linux ? setpriv(["--pdeathsig=INT"]) : direct };
  }
  const other = ["postgres", "nobody"].map(lookUp).find((user) => user !== undefined);
  if (!other || !linux) {
    throw problem(
      "database_unavailable",
      "PostgreSQL refuses to run as root, and there is no system user postgres or nobody to run it as.",
      {
        next: "Start Plumbline as another user, or set database.url to a server that runs already.",
      },
    );
  }
  const passable = folders.every((folder) => canEnter(folder, other));
  const capability = passable ? [] : ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const identity = [`--reuid=${other.uid}`, `--regid=${other.gid}`, "--clear-groups"];
  return { ...other, command: setpriv([...identity, ...capability, "--pdeathsig=INT"]) };
}

function direct(program: string, args: string[]) {
  return { program, args };
}

function setpriv(options: string[]) {
  return (program: string, args: string[]) => ({ program: "setpriv", args: [...options, program, ...args] });
}

function lookUp(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Whether every folder from the root to `folder` lets the user pass. Folders that do not exist yet are made later. */
function canEnter(folder: string, user: { uid: number; gid: number }): boolean {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats) {
    const bit = stats.uid === user.uid ? 0o100 : stats.gid === user.gid ? 0o010 : 0o001;
    if ((stats.mode & bit) === 0) return false;
  }
  const parent = dirname(folder);
  return parent === folder || canEnter(parent, user);
}
