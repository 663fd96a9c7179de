import type {
  DriftCaseSummary,
  PullRequestSummary,
  Severity,
  WorkspaceState,
  WorkspaceSummary,
} from "@plumbline/contract";
import { expect, test } from "vitest";
import { systemActor } from "../access/actor.ts";
import type { Actor } from "../access/actor.ts";
import { detectionDelay } from "./detection-delay.ts";
import { headline, sentence, tally, worstOf } from "./headline.ts";
import { waitsForMe } from "./waits-for-me.ts";

const at = "2026-11-22T12:00:00.000Z";
const now = new Date("2026-11-22T12:00:40.000Z");

function workspace(
  name: string,
  state: WorkspaceState,
  severity: Severity | null = null,
  overdue = false,
): WorkspaceSummary {
  const [component = "", environment = ""] = name.split("/");
  const rest = {
    repository: "r",
    layer: "shared",
    declared: true,
    sentence: "",
    resources: 1,
    verifiedAt: at,
    run: null,
  };
  return {
    name,
    component,
    environment,
    state,
    severity,
    overdue,
    pullRequest: null,
    driftCase: null,
    progress: null,
    dependsOn: [],
    lane: [],
    ...rest,
  };
}

function driftCase(
  number: number,
  severity: Severity,
  owners: string[],
  lastCleanAt: string | null = null,
): DriftCaseSummary {
  const rest = {
    status: "open" as const,
    title: "t",
    openedAt: at,
    lastSeenAt: at,
    closedAt: null,
    pullRequest: null,
    resources: 1,
  };
  return {
    number,
    workspace: "database/prod",
    repository: "shop",
    environment: "prod",
    severity,
    owners,
    lastCleanAt,
    ...rest,
  };
}

const person = (name: string, role: Actor["roles"][number]["role"]): Actor => ({
  ...systemActor("o", "acme"),
  kind: "person",
  id: name,
  name,
  roles: [{ role, environments: "*" }],
});

test("the headline counts", () => {
  expect(headline({ total: 0, inSync: 0 })).toBe("No workspaces yet");
  expect(headline({ total: 2, inSync: 1 })).toBe("1 of 2 workspaces are in sync");
  expect(headline({ total: 2, inSync: 2 })).toBe("All 2 workspaces are in sync");
});

test("the sentence names the worst drift, what stopped, and whether everything was verified in time", () => {
  const all = [
    workspace("a/prod", "drifted", "critical"),
    workspace("b/prod", "drifted", "low"),
    workspace("c/dev", "failed"),
  ];
  expect(sentence({ workspaces: all, total: 3 }, { onTime: 3, total: 3, lastAt: at }, now)).toBe(
    "1 critical drift in prod needs a decision. 1 failed. Everything was verified within its deadline, last sweep 40 s ago.",
  );
  const one = { workspaces: [], total: 3 };
  expect(sentence(one, { onTime: 2, total: 3, lastAt: at }, now)).toBe("1 workspace was not verified in time.");
  expect(sentence(one, { onTime: 2, total: 2, lastAt: at }, now)).toBe("No check is late, last sweep 40 s ago.");
  const unapplied = { workspaces: [workspace("d/dev", "never_applied")], total: 3 };
  expect(sentence(unapplied, { onTime: 2, total: 2, lastAt: at }, now)).toBe(
    "Everything was verified within its deadline, last sweep 40 s ago.",
  );
  expect(tally(all)).toBe("1 failed, 2 drifted");
  expect(worstOf(all)).toBe("critical");
});

test("a grave drift comes first; who can do nothing about a thing does not see it", () => {
  const found = {
    workspaces: [workspace("a/dev", "frozen"), workspace("b/dev", "in_sync", null, true)],
    pullRequests: [] as PullRequestSummary[],
    cases: [driftCase(1, "low", ["owner"]), driftCase(2, "critical", ["owner"])],
  };
  expect(waitsForMe(person("owner", "approver"), found).map(({ title }) => title)).toEqual([
    "Drift case 2",
    "Drift case 1",
  ]);
  const acts = (actor: Actor) => waitsForMe(actor, found).map(({ action }) => action);
  expect(acts(person("owner", "approver"))).toEqual(["Look", "Look"]); // to undo a drift is a proposal
  expect(acts(person("dev", "proposer"))).toEqual(["Decide", "Decide"]);
  expect(waitsForMe(person("ops", "operator"), found).map(({ title }) => title)).toEqual([
    "Drift case 2",
    "Drift case 1",
    "Confirm a/dev",
    "b/dev is not verified",
  ]);
  expect(waitsForMe(person("ops", "operator"), found).map(({ link }) => link)).toContain("/workspaces/r:a/dev");
  expect(waitsForMe(person("eve", "auditor"), found)).toEqual([]);
});

test("the delay of a day is the p95 from the last clean check to the case", () => {
  const cases = [
    driftCase(1, "low", [], "2026-11-22T11:59:30.000Z"),
    driftCase(2, "low", [], "2026-11-22T11:59:50.000Z"),
    driftCase(3, "low", []),
  ];
  const [prod] = detectionDelay(cases, [{ name: "prod", driftEverySeconds: 60 }], now, 2);
  expect(prod).toEqual({
    environment: "prod",
    objectiveSeconds: 60,
    days: [
      { day: "2026-11-21", seconds: null },
      { day: "2026-11-22", seconds: 30 },
    ],
  });
});
