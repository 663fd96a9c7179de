import type { RunStatus, WorkspaceState } from "@plumbline/contract";
import { workspaceStates } from "@plumbline/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { systemActor } from "../access/actor.ts";
import type { Actor } from "../access/actor.ts";
import { unappliedStates } from "../runs/run.ts";
import { runsFixture } from "../runs/testing/runs-fixture.ts";
import { carryOut, fakeRunner } from "../runs/testing/fake-runner.ts";
import { runnerRoutes } from "../runs/runner-calls/runner-routes.ts";
import { scenario, there } from "../runs/testing/scenario.ts";
import { testApi } from "../testing/test-api.ts";
import { lane } from "./lane.ts";
import { workspaceRoutes } from "./workspace-routes.ts";
import { workspaceState } from "./workspace-state.ts";
import type { WorkspaceFacts } from "./workspace-state.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

const calm: WorkspaceFacts = {
  declared: true,
  frozen: false,
  queue: [],
  drift: null,
  unverified: false,
  neverApplied: false,
};

test.each([
  [{}, "in_sync"],
  [{ neverApplied: true }, "never_applied"],
  [{ queue: ["canceled"] }, "unapplied"],
  [{ queue: ["expired"], neverApplied: true }, "unapplied"],
  [{ queue: ["waits", "expired"] }, "waits"],
  [{ unverified: true, queue: ["waits"] }, "unknown"],
  [{ unverified: true, queue: ["queued"] }, "running"],
  [{ queue: ["running", "held"] }, "held"],
  [{ drift: "high", queue: ["held"] }, "drifted"],
  [{ drift: "medium", queue: ["held"] }, "held"],
  [{ drift: "low", queue: ["running"] }, "running"],
  [{ drift: "low", unverified: true }, "unknown"],
  [{ drift: "low", queue: ["waits"] }, "drifted"],
  [{ drift: "critical", queue: ["failed"] }, "failed"],
  [{ frozen: true, queue: ["failed"] }, "frozen"],
  [{ queue: ["unknown"] }, "frozen"],
] as [Partial<WorkspaceFacts>, WorkspaceState][])("%o is %s", (facts, state) => {
  expect(workspaceState({ ...calm, ...facts })).toBe(state);
});

test("nothing that has not ended well is ever in sync, and more trouble never looks better", () => {
  const status = fc.constantFrom<RunStatus>(...unappliedStates);
  const facts = fc.record({
    declared: fc.boolean(),
    frozen: fc.boolean(),
    queue: fc.array(status, { maxLength: 3 }),
    drift: fc.constantFrom(null, "low", "critical") as fc.Arbitrary<WorkspaceFacts["drift"]>,
    unverified: fc.boolean(),
    neverApplied: fc.boolean(),
  });
  const rank = (one: WorkspaceFacts) => {
    const state = workspaceState(one);
    return state === "drifted" && one.drift === "low"
      ? workspaceStates.indexOf("unknown") + 0.5
      : workspaceStates.indexOf(state);
  };
  fc.assert(
    fc.property(facts, status, (one, more) => {
      expect(workspaceState({ ...one, queue: [...one.queue, more] })).not.toBe("in_sync");
      expect(rank({ ...one, queue: [...one.queue, more] })).toBeLessThanOrEqual(rank(one));
      expect(rank({ ...one, frozen: true })).toBe(0);
    }),
  );
});

test("the lane has no gap, begins with the workspace or seven days ago, and shows the worst that was open", () => {
  const now = new Date("2026-11-22T00:00:00Z");
  const day = (number: number) => new Date(now.getTime() - number * 86_400_000);
  const pieces = lane(
    [
      { openedAt: day(9), closedAt: day(6), severity: "low" },
      { openedAt: day(3), closedAt: null, severity: "medium" },
      { openedAt: day(2), closedAt: day(1), severity: "critical" },
    ],
    day(30),
    now,
  );
  expect(pieces.map(({ severity }) => severity)).toEqual(["low", null, "medium", "critical", "medium"]);
  expect(pieces[0]?.from).toBe(day(7).toISOString());
  expect(pieces.at(-1)?.to).toBe(now.toISOString());
  expect(pieces.slice(1).every((piece, index) => piece.from === pieces[index]?.to)).toBe(true);
  expect(lane([], day(1), now)).toEqual([{ from: day(1).toISOString(), to: now.toISOString(), severity: null }]);
});

test("lists and pages show how workspaces stand; what nothing declares and nothing holds is not listed", async () => {
  const fixture = await runsFixture();
  const { context: runs, organizationId } = fixture;
  const signedIn: { actor: Actor } = { actor: systemActor(organizationId, "acme") };
  const api = await testApi<Actor>({ authenticate: async () => signedIn.actor });
  const context: WorkspacesContext = {
    ...runs,
    runs,
    mainConfiguration: async () => fixture.configuration,
    mainFile: async (_organization, _repository, path) => `# ${path}`,
    driftFacts: async () => new Map(),
    places: new WeakMap(),
    driftStandings: async () => ({ drifted: new Map(), overdue: new Set() }),
    variableTimes: async () => new Map([["common token 3", new Date("2026-11-01T00:00:00Z")]]),
    code: {
      head: async () => "0".repeat(40),
      configurationAt: async () => fixture.configuration,
      sources: async ({ directory }) => [
        { path: `${directory}/main.tf`, text: 'variable "size" {\n  default = 1\n}\nvariable "token" {}\n' },
      ],
      values: async () => [{ path: "environments/dev/common.tfvars", text: "size = 2 # why: busy\n" }],
    },
  };
  runnerRoutes(api.app, runs);
  workspaceRoutes(api, context);
  const { merge } = scenario(fixture);
  const runner = await fakeRunner(fixture, api.app, "one");
  const place = { file: "plumbline.yaml", line: 1 };
  const engine = { name: "terraform" as const, version: "~> 1.10" };
  const common = { layer: "platform", inputs: [], modules: [], engine, place };
  fixture.configuration.components.push(
    { ...common, name: "network", path: "components/network", dependsOn: [] },
    {
      ...common,
      name: "shop",
      path: "components/shop",
      dependsOn: ["network"],
      inputs: [{ variable: "vpc", component: "network", output: "id" }],
    },
  );
  const [environment] = fixture.configuration.environments;
  environment?.values.push("common");
  environment?.sealed.push({ component: "common", variable: "token", version: 3, as: "input", phases: "both", place });
  await Promise.all(["shop/dev", "network/dev", "left/dev"].map((name) => fixture.workspace(name)));
  await fixture.database.sql("update workspaces set declared = false where component = 'left'");
  const get = async (path: string) =>
    (await api.app.inject({ method: "GET", url: `/api/v1/workspaces${path}` })).json();
  expect((await get("")).items.map(({ name, state }: { name: string; state: string }) => [name, state])).toEqual([
    ["network/dev", "never_applied"],
    ["shop/dev", "never_applied"],
  ]);
  await fixture.database.sql("update workspaces set applied_at = now() where component = 'shop'");
  expect((await get("")).items.map(({ sentence }: { sentence: string }) => sentence)).toEqual([
    "Nothing was applied yet",
    "Everything in it was destroyed",
  ]);
  await merge(1, [{ name: "network/dev" }]);
  expect((await get("?state=running")).items).toHaveLength(1);
  expect(await carryOut(runner, there(await runner.claim()))).toBe("held");
  expect((await get("")).items[0]).toMatchObject({ state: "held", run: 1, pullRequest: 1 });
  expect(await get("/shop%2Fdev")).toMatchObject({
    dependsOn: ["network/dev"],
    inputs: [{ variable: "vpc", from: "network/dev.id" }],
    values: [{ file: "environments/dev/common.tfvars", text: "# environments/dev/common.tfvars" }],
    sealedVariables: [{ name: "token", component: "common", version: 3, setAt: "2026-11-01T00:00:00.000Z" }],
    credentials: "dev",
    can: { confirmStopped: { allowed: false, reason: "It is not frozen." }, checkDrift: { allowed: false } },
  });
  expect(await get("/acme%2Fshop:network%2Fdev")).toMatchObject({
    dependents: ["shop/dev"],
    queue: [{ number: 1, status: "held" }],
  });
  expect((await get("/nothing%2Fdev")).code).toBe("not_found");
  expect(await get("/network%2Fdev/values")).toMatchObject({
    workspace: "network/dev",
    items: [
      { name: "size", origin: { value: "2", why: "busy", line: 1 }, overrides: [{ source: "default", value: "1" }] },
      { name: "token", origin: { source: "sealed", version: 3, value: null, setAt: "2026-11-01T00:00:00.000Z" } },
    ],
  });
  const parity = async (query: string) =>
    (await api.app.inject({ method: "GET", url: `/api/v1/parity${query}` })).json();
  const compared = await parity("?limit=1");
  expect(compared).toMatchObject({ hidden: 0, cursor: "1", environments: [{ name: "dev", pin: null }, {}, {}] });
  expect(compared.components).toMatchObject([{ component: "network", workspaces: [{ state: "held" }] }]);
  expect((await parity("?limit=1&cursor=1")).components).toMatchObject([{ component: "shop" }]);
  expect((await parity("?component=nothing")).code).toBe("not_found");
  expect((await parity("?cursor=x")).code).toBe("invalid_request");
  const { actor } = signedIn;
  signedIn.actor = { ...actor, kind: "person", roles: [{ role: "auditor", environments: "test" }] };
  expect(await parity("")).toMatchObject({ hidden: 2, environments: [{ name: "test" }], components: [] });
  signedIn.actor = actor;
  const confirm = await api.app.inject({
    method: "POST",
    url: "/api/v1/workspaces/network%2Fdev/confirm-stopped",
    payload: { statement: "Nothing runs." },
  });
  expect(confirm.json().code).toBe("wrong_status");
});
