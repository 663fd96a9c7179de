import { createHash } from "node:crypto";
import { Problem } from "@plumbline/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { diffStateFiles } from "./state-diff.ts";
import { follows, readStateFile } from "./state-file.ts";

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const state = (serial: number, lineage = "a", more: object = {}) => ({
  version: 4,
  serial,
  lineage,
  outputs: {},
  resources: [],
  ...more,
});

test("a state is read once: serial, lineage, resources without data sources, outputs", () => {
  const facts = readStateFile(
    bytes(
      state(7, "a", {
        outputs: { id: { value: "x", type: "string" }, key: { value: "s", sensitive: true } },
        resources: [
          { mode: "managed", instances: [{}, {}] },
          { mode: "data", instances: [{}] },
        ],
      }),
    ),
  );
  expect(facts).toMatchObject({ serial: 7, lineage: "a", resources: 2 });
  expect(facts.outputs).toEqual({
    id: { value: "x", type: "string", sensitive: false },
    key: { value: "s", type: undefined, sensitive: true },
  });
});

test.each([
  ["not JSON", Buffer.from("{"), undefined, "not JSON"],
  ["an older format", bytes({ version: 3, serial: 1, lineage: "a" }), undefined, "format version 4"],
  ["no lineage", bytes({ version: 4, serial: 1 }), undefined, "lineage"],
  ["other bytes than its MD5", bytes(state(1)), createHash("md5").update("x").digest("base64"), "Content-MD5"],
])("%s is refused with what is wrong", (_name, body, md5, words) => {
  expect(() => readStateFile(body, md5)).toThrow(
    expect.objectContaining({ code: "state_refused", message: expect.stringContaining(words) }),
  );
});

test("only a higher serial of the same lineage follows; the newest sent again is the same", () => {
  const position = fc.record({
    serial: fc.nat(5),
    lineage: fc.constantFrom("a", "b"),
    sha256: fc.constantFrom("x", "y"),
  });
  fc.assert(
    fc.property(position, position, (newest, next) => {
      const sorted =
        next.serial > newest.serial
          ? "next"
          : next.serial === newest.serial && next.sha256 === newest.sha256
            ? "same"
            : "refused";
      expect(judged(next, newest)).toBe(next.lineage === newest.lineage ? sorted : "refused");
    }),
  );
});

function judged(next: Parameters<typeof follows>[0], newest: Parameters<typeof follows>[0]): string {
  try {
    return follows(next, { ...newest, version: 1 });
  } catch (error) {
    return error instanceof Problem && error.code === "state_refused" ? "refused" : "failed";
  }
}

test("two states differ by resource and attribute, and no secret is in the difference", () => {
  const resource = (name: string, attributes: object, sensitive: unknown[] = []) => ({
    mode: "managed",
    type: "lab_database",
    name,
    instances: [{ index_key: "eu", attributes, sensitive_attributes: sensitive }],
  });
  const from = state(1, "a", {
    resources: [
      resource("main", { size: 1, tags: { team: "shop" }, login: { key: "old-key" } }),
      resource("gone", { size: 3 }),
    ],
    outputs: { url: { value: "old" }, key: { value: "k1", sensitive: true } },
  });
  const to = state(2, "a", {
    resources: [
      resource("main", { size: 2, tags: { team: "shop" }, login: { key: "new-key" }, password: "hunter2" }, [
        [{ type: "get_attr", value: "login" }],
      ]),
    ],
    outputs: { url: { value: "new" }, key: { value: "k2", sensitive: true } },
  });
  const difference = diffStateFiles(bytes(from), bytes(to));
  expect(difference).toEqual([
    {
      address: 'lab_database.gone["eu"]',
      action: "removed",
      attributes: [{ path: "size", before: "3", after: null, sensitive: false }],
    },
    {
      address: 'lab_database.main["eu"]',
      action: "changed",
      attributes: [
        { path: "login.key", before: null, after: null, sensitive: true },
        { path: "password", before: null, after: null, sensitive: true },
        { path: "size", before: "1", after: "2", sensitive: false },
      ],
    },
    {
      address: "output.key",
      action: "changed",
      attributes: [{ path: "value", before: null, after: null, sensitive: true }],
    },
    {
      address: "output.url",
      action: "changed",
      attributes: [{ path: "value", before: '"old"', after: '"new"', sensitive: false }],
    },
  ]);
  expect(JSON.stringify(difference)).not.toMatch(/hunter2|old-key|new-key|k1|k2/);
  expect(diffStateFiles(bytes(to), bytes(to))).toEqual([]);
});
