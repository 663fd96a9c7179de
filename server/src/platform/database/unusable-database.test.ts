import { createServer } from "node:net";
import { Problem } from "@plumbline/contract";
import { expect, onTestFinished, test } from "vitest";
import { testDatabase } from "../../testing/test-database.ts";
import { readConfig } from "../config/index.ts";
import { openLog } from "../log.ts";
import { databaseProblem } from "./describe-failure.ts";
import { tooOld } from "./migrate.ts";
import { openDatabase } from "./open-database.ts";

const database = await testDatabase();
const log = openLog({ level: "silent" });
const { host = "" } = database.connections.owner;

/** A database of its own, reached by URL as an installation reaches PostgreSQL of somebody else. */
async function urlOf(name: string, user = "plumbline_owner"): Promise<string> {
  await database.sql(`create database ${name}`);
  return address(name, user);
}
const address = (name: string, user: string) => `postgres://${user}@/${name}?host=${encodeURIComponent(host)}`;

async function refusal(keys: { url: string; applicationUrl?: string }): Promise<Problem> {
  const { database: config } = readConfig({
    env: {
      PLUMBLINE_SERVER__DATABASE__URL: keys.url,
      ...(keys.applicationUrl === undefined
        ? {}
        : { PLUMBLINE_SERVER__DATABASE__APPLICATION_URL: keys.applicationUrl }),
    },
  });
  try {
    const opened = await openDatabase(config, log);
    await opened.close();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("it was opened");
}

test("a database that is not there, or not made, is named with what to do; no password is told", async () => {
  const gone = await refusal({ url: "postgres://plumbline:hunter2@127.0.0.1:1/plumbline" });
  expect(gone).toMatchObject({
    code: "database_unavailable",
    message: "The database at 127.0.0.1:1 cannot be used. Nothing listens at 127.0.0.1:1.",
    next: "Start the database, or correct database.url.",
  });
  expect(JSON.stringify([gone.message, gone.next])).not.toContain("hunter2");
  const missing = await refusal({ url: address("absent", "plumbline_owner") });
  expect(missing.message).toContain("There is no database “absent”.");
  expect(missing.next).toBe("Make it: create database absent owner plumbline_owner;");
});

test("what takes connections and says nothing is given up", { timeout: 30_000 }, async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void silent.close());
  const listening = silent.address();
  const port = typeof listening === "object" ? listening?.port : 0;
  const late = await refusal({ url: `postgres://plumbline@127.0.0.1:${port}/plumbline` });
  expect(late.message).toContain("does not answer");
});

test("a read-only database is refused before anything is tried", async () => {
  const url = await urlOf("read_only_one");
  await database.sql("alter database read_only_one set default_transaction_read_only = on");
  const refused = await refusal({ url });
  expect(refused.message).toBe("The database is read-only.");
  expect(refused.next).toContain("Name the primary in database.url");
  await database.sql("alter database read_only_one reset default_transaction_read_only");
  await expect(refusal({ url })).rejects.toThrow("it was opened");
});

test("a version before 15 is refused", () => {
  expect(tooOld({ number: 140_012, text: "14.12" })).toMatchObject({
    message: "The database is PostgreSQL 14.12; 15 or newer is needed.",
    next: expect.stringContaining("Upgrade it"),
  });
  expect(tooOld({ number: 150_000, text: "15.0" })).toBeUndefined();
});

test("what PostgreSQL says about a login, its rights and an old version becomes a sentence", () => {
  const from = (code: string, message = "as PostgreSQL says") =>
    databaseProblem(Object.assign(new Error(message), { code }), {
      connectionString: "postgres://plumb%40line:hunter2@db.test:6543/plumb",
    });
  expect(from("28P01").message).toBe(
    "The database at db.test:6543 cannot be used. It refuses the password of plumb@line.",
  );
  expect(from("28000").next).toContain("pg_hba.conf");
  expect(from("42501", "permission denied to create role")).toMatchObject({
    message: expect.stringContaining("It says: permission denied to create role."),
    next: expect.stringContaining("alter role plumb@line createrole"),
  });
  for (const code of ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "SELF_SIGNED_CERT_IN_CHAIN"])
    expect(from(code).next).toContain("sslrootcert=");
  expect(from("ERR_TLS_CERT_ALTNAME_INVALID").message).toContain("another name than that in db.test:6543");
  expect(from("XX000").message).toBe("The database at db.test:6543 cannot be used: as PostgreSQL says");
  expect(databaseProblem(new Error("timeout expired"), { host: "/run/pg" }).message).toContain("/run/pg:5432 does not");
});

test("a login of the application that may not read is refused at the start, not at the first request", async () => {
  const url = await urlOf("app_login");
  await expect(refusal({ url })).rejects.toThrow("it was opened");
  const stranger = await refusal({ url, applicationUrl: address("app_login", "nobody_known") });
  expect(stranger.message).toMatch(/nobody_known/);
});
