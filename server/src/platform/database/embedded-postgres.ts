import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { problem } from "@plumbline/contract";
import pg from "pg";
import type { Log } from "../log.ts";
import { prepareCluster } from "./embedded-cluster.ts";
import type { Cluster } from "./embedded-cluster.ts";
import { postgresTypes } from "./types.ts";

/** A PostgreSQL that this process started. */
export interface EmbeddedPostgres {
  /** How to reach a database of it as a role: the owner, or `plumbline_application`. */
  connection(database: string, role?: "plumbline_owner" | "plumbline_application"): pg.ClientConfig;
  readonly binaries: string;
  /** Of the process that runs now. */
  pid(): number;
  /** Settles when it runs no more: it was stopped, or had ended by itself and could not be started again. */
  readonly ended: Promise<{ reason: string }>;
  /** Stops it cleanly (open connections are ended); again does nothing. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  binaries?: string;
  log: Log;
  /** Settings for postgres, e.g. { fsync: "off" } in tests. */
  settings?: Readonly<Record<string, string>>;
}

const startDeadline = 15_000;

/**
 * Starts PostgreSQL on a unix socket, which only this user and PostgreSQL's own can reach; it listens on no address.
 * The cluster is made at the first start. After a crash the first attempts may fail while an old process still ends,
 * so it is tried for 15 s. Throws `tool_missing` or `database_unavailable`.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = await prepareCluster(options.dataDir, options.binaries);
  const start = () => startProcess(cluster, options);
  return supervise(cluster, await start(), start, options.log);
}

/**
 * Connections to the cluster of a server that is running, which it leaves as it is, or to one that is started for this
 * and stopped with `stop`.
 */
export async function reachEmbeddedPostgres(
  options: EmbeddedOptions,
): Promise<Pick<EmbeddedPostgres, "connection" | "stop">> {
  const cluster = await prepareCluster(options.dataDir, options.binaries);
  if (!(await accepts(connectionTo(cluster, "postgres", "plumbline_owner")))) return startEmbeddedPostgres(options);
  return {
    connection: (database, role = "plumbline_owner") => connectionTo(cluster, database, role),
    stop: () => Promise.resolve(),
  };
}

async function startProcess(cluster: Cluster, options: EmbeddedOptions): Promise<ChildProcess> {
  const deadline = Date.now() + startDeadline;
  for (;;) {
    const attempt = await tryStart(cluster, options.settings ?? {}, deadline);
    if ("child" in attempt) return attempt.child;
    if (Date.now() >= deadline)
      throw problem(
        "database_unavailable",
        `The embedded PostgreSQL in ${options.dataDir} does not start: ${attempt.reason}`,
      );
    options.log.warn("PostgreSQL did not start; trying again", { reason: attempt.reason });
    await sleep(250);
  }
}

async function tryStart(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
  deadline: number,
): Promise<{ child: ChildProcess } | { reason: string }> {
  const assignments = Object.entries({ listen_addresses: "", unix_socket_directories: cluster.socketDir, ...settings });
  const { program, args } = cluster.user.command(`${cluster.binaries}/postgres`, [
    "-D",
    cluster.dataDir,
    ...assignments.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const child = spawn(program, args, { cwd: "/", env: cluster.environment, stdio: ["ignore", "ignore", "pipe"] });
  let output = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-4_000)));
  let ended: string | undefined;
  child.once("error", (error) => (ended = error.message));
  child.once("exit", (code, signal) => (ended ??= `it ended with ${signal ?? `exit code ${code}`}`));
  const config = connectionTo(cluster, "postgres", "plumbline_owner");
  while (ended === undefined && Date.now() < deadline) {
    if (await accepts(config)) return { child };
    await sleep(10);
  }
  child.kill("SIGINT");
  return { reason: `${ended ?? "it does not accept connections"}: ${output.trim().split("\n").slice(-3).join(" ")}` };
}

async function accepts(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function connectionTo(cluster: Cluster, database: string, role: string): pg.ClientConfig {
  return { host: cluster.socketDir, port: 5432, user: role, database, types: postgresTypes };
}

/** Keeps it running: when it ends without having been asked to, it is started again. */
function supervise(
  cluster: Cluster,
  first: ChildProcess,
  start: () => Promise<ChildProcess>,
  log: Log,
): EmbeddedPostgres {
  let child = first;
  let stopping = false;
  const run = async (): Promise<{ reason: string }> => {
    for (;;) {
      const reason = await exitOf(child);
      if (stopping) return { reason };
      log.error("PostgreSQL has ended without having been asked to; starting it again", { reason });
      child = await start();
      if (stopping) child.kill("SIGINT");
    }
  };
  const running = run().catch((error: unknown) => {
    log.error("PostgreSQL does not start again", { error });
    return { reason: error instanceof Error ? error.message : String(error) };
  });
  return {
    connection: (database, role = "plumbline_owner") => connectionTo(cluster, database, role),
    binaries: cluster.binaries,
    pid: () => child.pid ?? 0,
    ended: running,
    async stop() {
      stopping = true;
      child.kill("SIGINT"); // "fast": rolls back what is open, writes a checkpoint
      await running;
    },
  };
}

function exitOf(child: ChildProcess): Promise<string> {
  const describe = (code: number | null, signal: string | null) => signal ?? `exit code ${code}`;
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(describe(child.exitCode, child.signalCode));
    else child.once("exit", (code, signal) => resolve(describe(code, signal)));
  });
}
