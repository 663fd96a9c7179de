import type { GateCondition } from "@plumbline/contract";
import { expect, test } from "vitest";
import { describe } from "./describe.ts";
import type { DescribeInput } from "./describe.ts";

function condition(kind: GateCondition["kind"], met: boolean, who: string[] = []): GateCondition {
  return { id: kind, kind, met, title: kind, detail: `Detail of ${kind}.`, who, file: null, line: null };
}

function apply(status: DescribeInput["applies"][number]["status"], blocking = 0): DescribeInput["applies"][number] {
  const workspace = { id: "w", name: "network/dev", component: "network", environment: "dev", layer: "platform" };
  return { number: 7, status, reason: null, blocking, workspace };
}

const open: DescribeInput = {
  status: "open",
  purpose: "change",
  affects: true,
  gate: [],
  plans: { total: 2, done: 2 },
  applies: [],
  approvers: ["ann"],
  proposer: "dev",
  removed: [],
  waitForState: [],
  onlyMainMoved: false,
};
const merged: DescribeInput = { ...open, status: "merged" };

test("a promotion cannot be pushed to, and what affects no workspace is not applied", () => {
  const promotion: DescribeInput = { ...open, purpose: "promotion" };
  expect(describe({ ...promotion, gate: [condition("findings", false)] }).sentence).toBe(
    "Blocked: Detail of findings. Next: dev closes it and promotes code that is mended.",
  );
  expect(describe({ ...promotion, gate: [condition("merges", false)] }).sentence).toBe(
    "Blocked: Detail of merges. Next: dev closes it and promotes anew, where the pin is not there already.",
  );
  const rules: DescribeInput = { ...open, affects: false, plans: { total: 0, done: 0 } };
  expect(describe({ ...rules, gate: [condition("owner", false, ["ann"])] }).sentence).toBe(
    "Checked. Next: ann approves.",
  );
  expect(describe(rules).sentence).toBe("Everything is met. Next: dev or an approver merges it; nothing is applied.");
});

test("an open one is planning, blocked, waiting or ready, and says who is next", () => {
  expect(describe({ ...open, gate: [condition("plans", false)], plans: { total: 3, done: 1 } })).toEqual({
    state: "planning",
    sentence: "1 of 3 workspaces are planned; the rest follows by itself.",
  });
  expect(describe({ ...open, gate: [condition("findings", false)] })).toEqual({
    state: "blocked",
    sentence: "Blocked: Detail of findings. Next: dev mends it and pushes again.",
  });
  expect(describe({ ...open, gate: [condition("plans", false)] }).state).toBe("blocked");
  const replay = { ...condition("plans", false), id: "replay" };
  expect(describe({ ...open, gate: [replay] }).state).toBe("planning");
  expect(describe({ ...open, gate: [replay, { ...condition("plans", false), id: "policies" }] }).state).toBe("blocked");
  expect(describe({ ...open, gate: [condition("owner", false, ["ann", "bob"]), condition("ticket", false)] })).toEqual({
    state: "waits",
    sentence: "Planned and checked. Next: ann or bob approves; dev names a ticket.",
  });
  expect(describe({ ...open, gate: [condition("fresh", false)] }).state).toBe("planning");
  const wanted = [condition("fresh", false), condition("owner", false, ["ann"])];
  expect(describe({ ...open, gate: wanted }).state).toBe("planning");
  expect(describe({ ...open, gate: wanted, onlyMainMoved: true }).state).toBe("waits");
  expect(describe({ ...open, gate: [condition("fresh", false)], onlyMainMoved: true }).state).toBe("planning");
  expect(describe({ ...open, gate: [condition("owner", true)] }).state).toBe("ready");
});

test("a merged one says how far it is applied, and what can be done where it is stuck", () => {
  const state = (...applies: DescribeInput["applies"]) => describe({ ...merged, applies }).state;
  expect(state(apply("finished"), apply("queued"))).toBe("applying");
  expect(describe({ ...merged, applies: [apply("finished"), apply("superseded")] })).toEqual({
    state: "applied",
    sentence: "Merged and applied in 1 workspace. In network/dev a later merge took its place.",
  });
  expect(describe({ ...merged, applies: [apply("superseded"), apply("superseded")] })).toEqual({
    state: "superseded",
    sentence: "Merged; later merges took its place before it was applied.",
  });
  const anew = { ...apply("held"), reason: "It was planned anew after an unknown end: 1 to change." };
  expect(describe({ ...merged, applies: [anew] }).sentence).toContain(
    "run 7 of network/dev is held. It was planned anew",
  );
  expect(state(apply("held"), apply("waits"))).toBe("held");
  expect(state(apply("failed"), apply("waits"))).toBe("failed");
  expect(state(apply("unknown"))).toBe("failed");
  expect(state(apply("expired"))).toBe("unapplied");
  const blocked = describe({ ...merged, applies: [apply("held", 1)] });
  expect(blocked.sentence).toContain("a finding blocks its plan. Next: revert this pull request, or fix forward");
  const waitForState = [{ workspace: "network/dev", pullRequest: 7 }];
  expect(describe({ ...merged, waitForState }).sentence).toBe(
    "Merged. In network/dev it is applied with #7, which brings the state.",
  );
  const gone = describe({ ...merged, applies: [apply("finished")], removed: ["shop/dev"] });
  expect(gone.sentence).toContain(
    "shop/dev is declared no more and still exists: a destroy pull request takes it away.",
  );
});
