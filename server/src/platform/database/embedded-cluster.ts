import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { problem } from "@plumbline/contract";
import { findPostgres } from "./find-binaries.ts";
import { operatingUser } from "./operating-user.ts";
import type { OperatingUser } from "./operating-user.ts";

/** A database cluster on disk, ready to be started. */
export interface Cluster {
  dataDir: string;
  socketDir: string;
  binaries: string;
  user: OperatingUser;
  environment: Record<string, string>;
}

/** The longest path of a socket that every Unix accepts is 103 bytes; PostgreSQL adds its file name. */
const longestSocketDir = 103 - "/.s.PGSQL.5432.lock".length;

/**
 * Finds the programs and makes the cluster if it is not there. It is made in a folder beside and then renamed, so that
 * a start that was interrupted leaves nothing half-made.
 */
export async function prepareCluster(dataDir: string, configured?: string): Promise<Cluster> {
  const cluster = resolve(dataDir);
  const { folder } = findPostgres(configured);
  const user = operatingUser([folder, dirname(cluster)]);
  const environment = { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", LC_MESSAGES: "C" };
  if (!existsSync(join(cluster, "PG_VERSION"))) await initialize(cluster, folder, user, environment);
  return { dataDir: cluster, socketDir: prepareSocketDir(cluster, user), binaries: folder, user, environment };
}

async function initialize(
  cluster: string,
  binaries: string,
  user: OperatingUser,
  environment: Record<string, string>,
): Promise<void> {
  const making = `${cluster}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(dirname(cluster), { recursive: true });
  mkdirSync(making, { mode: 0o700 });
  chownSync(making, user.uid, user.gid);
  const { program, args } = user.command(`${binaries}/initdb`, [
    `--pgdata=${making}`,
    "--username=plumbline_owner",
    "--encoding=UTF8",
    "--locale=C",
    "--auth=peer",
    "--no-instructions",
  ]);
  try {
    await promisify(execFile)(program, args, { cwd: "/", env: environment });
  } catch (cause) {
    const detail = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : String(cause);
    throw problem("database_unavailable", `A database cluster could not be made in ${cluster}: ${detail}`, { cause });
  }
  writeAccess(making, user);
  renameSync(making, cluster);
}

/** The kernel says who is at the other end of the socket: there are no passwords, and only our own user may come. */
function writeAccess(folder: string, user: OperatingUser): void {
  const self = userInfo().username;
  const rules = {
    "pg_hba.conf": "local all all peer map=plumbline\n",
    "pg_ident.conf": `plumbline "${self}" plumbline_owner\nplumbline "${self}" plumbline_application\n`,
  };
  for (const [name, text] of Object.entries(rules)) {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    chownSync(join(folder, name), user.uid, user.gid);
  }
}

/** A cluster belongs to whoever made it: PostgreSQL starts as nobody else, and lets nobody else in. */
function refuseForeign(cluster: string, user: OperatingUser): void {
  const { uid } = lstatSync(cluster);
  if (uid === user.uid) return;
  throw problem("database_unavailable", `${cluster} belongs to the user with the id ${uid}, not to this one.`, {
    next: `Run this as the user that the server runs as: runuser -u ${nameOf(uid)} -- …`,
  });
}

function nameOf(uid: number): string {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  return lines.map((line) => line.split(":")).find((fields) => fields[2] === String(uid))?.[0] ?? `'#${uid}'`;
}

/** Beside the cluster, or where that path is too long for a socket in a private folder of the temporary directory. */
function prepareSocketDir(cluster: string, user: OperatingUser): string {
  const beside = `${cluster}.socket`;
  const short = join(tmpdir(), `plumbline-${createHash("sha256").update(cluster).digest("hex").slice(0, 16)}`);
  const folder = Buffer.byteLength(beside) <= longestSocketDir ? beside : short;
  refuseForeign(cluster, user);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stats = lstatSync(folder);
  if (!stats.isDirectory() || (stats.uid !== userInfo().uid && stats.uid !== user.uid))
    throw problem("database_unavailable", `${folder} belongs to somebody else.`, {
      next: "Remove it and start again.",
    });
  chownSync(folder, user.uid, user.gid);
  return folder;
}
