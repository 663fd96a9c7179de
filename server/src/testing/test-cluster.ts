import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../platform/database/embedded-postgres.ts";
import type { EmbeddedPostgres } from "../platform/database/embedded-postgres.ts";
import { migrate } from "../platform/database/migrate.ts";
import type { Connections } from "../platform/database/pools.ts";
import { openLog } from "../platform/log.ts";

/** One PostgreSQL of the test process, with a migrated template to clone. */
export interface TestCluster {
  postgres: EmbeddedPostgres;
  /** Makes a database with all tables and no rows; about 40 ms. */
  clone(): Promise<Connections>;
}

const prefix = "plumbline-test-";

/** Durability is for production; a test's data is gone with its process. */
const fast = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  shared_buffers: "32MB",
  autovacuum: "off",
  max_connections: "200",
};

/** Starts it: about 1.5 s, once per process. It ends with the process; what a killed process leaves behind is removed by the next. */
export async function startTestCluster(): Promise<TestCluster> {
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const log = openLog({ level: "silent" });
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "postgres"), log, settings: fast });
  process.once("exit", () => {
    process.kill(postgres.pid(), "SIGQUIT");
    // Not by ourselves: vitest gives its workers half a second to end.
    spawn("rm", ["-rf", folder], { detached: true, stdio: "ignore" }).unref();
  });
  process.once("SIGTERM", () => process.exit(143)); // how vitest ends its workers; without it "exit" is not heard
  const admin = new pg.Pool({ ...postgres.connection("postgres"), max: 1, allowExitOnIdle: true });
  admin.on("error", () => undefined);
  await admin.query("create database template_migrated");
  await migrate(postgres.connection("template_migrated"), { log, applicationMayLogIn: true });
  let made = 0;
  return {
    postgres,
    async clone() {
      const name = `test_${++made}`;
      await admin.query(`create database ${name} template template_migrated strategy file_copy`);
      return { owner: postgres.connection(name), application: postgres.connection(name, "plumbline_application") };
    },
  };
}

/** Folders of test processes that were killed; their PostgreSQL ended with them. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^plumbline-test-(\d+)-/.exec(name)?.[1] ?? process.pid);
    if (pid !== process.pid && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
