import { expect, test } from "vitest";
import { groupApprovals } from "./group-approvals.ts";
import type { PullRequest } from "./types.ts";

type Approval = PullRequest["approvals"][number];

const approval = (name: string, at: string, more: Partial<Approval> = {}): Approval => ({
  id: `${name} ${at}`,
  person: { name, displayName: name },
  meaning: "I read it",
  digests: [{ workspace: `w${at}`, digest: at }],
  patchSet: 1,
  at: `2026-11-22T08:0${at}:00Z`,
  voidAt: null,
  voidReason: null,
  statement: "",
  signature: "",
  keyId: "",
  ...more,
});

test("one entry per person and meaning, with all digests; the newest first", () => {
  const { valid } = groupApprovals([
    approval("owner", "1"),
    approval("owner2", "2"),
    approval("owner", "3"),
    approval("owner", "4", { meaning: "Only the network" }),
  ]);
  expect(valid.map(({ person, meaning }) => [person.name, meaning])).toEqual([
    ["owner", "Only the network"],
    ["owner", "I read it"],
    ["owner2", "I read it"],
  ]);
  expect(valid[1]?.digests.map(({ workspace }) => workspace)).toEqual(["w3", "w1"]);
  expect(valid[1]?.at).toBe("2026-11-22T08:03:00Z");
});

test("void ones stand apart, one entry per person and reason", () => {
  const gone = { voidAt: "2026-11-22T09:00:00Z", voidReason: "the plan changed" };
  const { valid, void: voided } = groupApprovals([
    approval("owner", "1", gone),
    approval("owner", "2", { ...gone, patchSet: 2 }),
    approval("owner", "3", { ...gone, voidReason: "withdrawn" }),
  ]);
  expect(valid).toEqual([]);
  expect(voided.map(({ reason, count, patchSets }) => [reason, count, patchSets])).toEqual([
    ["withdrawn", 1, [1]],
    ["the plan changed", 2, [2, 1]],
  ]);
});
