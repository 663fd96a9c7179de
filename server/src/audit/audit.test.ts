import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { canonicalJson } from "@plumbline/contract";
import { systemActor } from "../access/actor.ts";
import { testDatabase } from "../testing/index.ts";
import { countAudit, exportAudit, readAudit, readEntry } from "./read-audit.ts";
import { recordAudit } from "./record-audit.ts";

const database = await testDatabase();
const acme = await database.organization("acme");
const globex = await database.organization("globex");
const actor = systemActor(acme, "acme");
const record = (text: string, more: { workspace?: string; details?: Record<string, unknown> } = {}) =>
  database.db.transaction(acme, (tx) => recordAudit(tx, actor, { action: "repository.created", text, ...more }));

test("entries count from 1 without gaps, also when written at the same time", async () => {
  const sequences = await Promise.all(Array.from({ length: 20 }, (_, index) => record(`entry ${index}`)));
  expect(sequences.sort((left, right) => left - right)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test("an act that is rolled back leaves no entry", async () => {
  const act = database.db.transaction(acme, async (tx) => {
    await recordAudit(tx, actor, { action: "repository.seeded", text: "never happened" });
    throw new Error("stop");
  });
  await expect(act).rejects.toThrow("stop");
  expect((await readAudit(database.db, actor, { action: "repository.seeded" }, { limit: 10 })).entries).toEqual([]);
});

test("the text is canonical and the stored leaf hash is RFC 6962's", async () => {
  await record("with ünicode and \n newline", { workspace: "network/dev", details: { b: 1, a: [null, "x"] } });
  const { entries } = await readAudit(database.db, actor, { workspace: "network/dev" }, { limit: 1 });
  const [entry] = entries;
  expect(entry?.canonical).toBe(canonicalJson(JSON.parse(entry?.canonical ?? "null")));
  const leaf = createHash("sha256")
    .update(Buffer.concat([Buffer.of(0), Buffer.from(entry?.canonical ?? "")]))
    .digest("hex");
  expect(entry?.leafHash.toString("hex")).toBe(leaf);
});

test.each([
  "update audit_events set actor_name = 'nobody'",
  "delete from audit_events",
  "truncate audit_events",
  "update audit_heads set sequence = 0",
])("the application cannot: %s", async (statement) => {
  const { sql } = await import("kysely");
  const act = database.db.transaction(acme, (tx) => sql.raw(statement).execute(tx));
  await expect(act).rejects.toThrow(/permission denied/);
});

test("an entry is found by its number, and one that is not there or not the caller's to know is not found", async () => {
  const sequence = await record("the one", { workspace: "network/uat" });
  const found = await readEntry(database.db, actor, sequence);
  expect(found).toMatchObject({ sequence, canonical: expect.stringContaining('"text":"the one"') });
  await expect(readEntry(database.db, actor, sequence + 1_000)).rejects.toMatchObject({ code: "not_found" });
  await expect(readEntry(database.db, systemActor(globex, "globex"), sequence)).rejects.toThrow("There is no entry");
});

test("nobody can write into or read another organization's log", async () => {
  const foreign = database.db.transaction(globex, (tx) =>
    recordAudit(tx, actor, { action: "repository.created", text: "x" }),
  );
  await expect(foreign).rejects.toThrow("another organization");
  const { entries } = await readAudit(database.db, systemActor(globex, "globex"), {}, { limit: 10 });
  expect(entries).toEqual([]);
});

test("an export holds everything, oldest first; pages newest first until the end", async () => {
  const exported: number[] = [];
  for await (const entries of exportAudit(database.db, actor, {}))
    exported.push(...entries.map(({ sequence }) => sequence));
  expect(exported).toEqual([...exported].sort((left, right) => left - right));
  const paged: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await readAudit(database.db, actor, {}, { cursor, limit: 7 });
    paged.push(...page.entries.map(({ sequence }) => sequence));
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  expect(paged).toEqual([...exported].reverse());
});

test("entries are counted by the hour they were written in, by the same filter", async () => {
  const now = new Date(Date.now() + 1_000);
  const all = await countAudit(database.db, actor, {}, now);
  const { entries } = await readAudit(database.db, actor, {}, { limit: 200 });
  expect(all).toMatchObject({ stepSeconds: 3_600, total: entries.length });
  expect(all.counts).toHaveLength(24);
  expect((await countAudit(database.db, actor, { workspace: "network/dev" }, now)).total).toBe(1);
  const before = { from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" };
  expect(await countAudit(database.db, actor, before, now)).toMatchObject({ total: 0 });
});
