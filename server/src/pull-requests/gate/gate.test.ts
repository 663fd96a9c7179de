import fc from "fast-check";
import { expect, test } from "vitest";
import { readCodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import { list } from "./condition.ts";
import type { GateInput, GatePerson, GatePlan } from "./gate-input.ts";
import { evaluateGate, gateIsOpen } from "./gate.ts";

const owners = readCodeOwners("* @ann @bob\n/policies/ @carl\n");

function person(name: string, more: Partial<GatePerson> = {}): GatePerson {
  return {
    id: name,
    name,
    barred: null,
    owns: (owner) => owner === `@${name}`,
    mayApproveFor: () => false,
    ...more,
  };
}

function plan(workspace: string, more: Partial<GatePlan> = {}): GatePlan {
  const environment = workspace.split("/")[1] ?? "";
  return {
    workspace,
    environment,
    state: "finished",
    detail: "",
    digest: `d-${workspace}`,
    blocking: 0,
    stale: false,
    outdated: false,
    ...more,
  };
}

function input(more: Partial<GateInput> = {}): GateInput {
  return {
    purpose: "change",
    conflicts: null,
    problems: [],
    plans: [plan("network/dev"), plan("network/prod")],
    paths: ["components/network/main.tf"],
    ownerOf: (path) => owners.ownersOf(path),
    ownersFile: "CODEOWNERS",
    replay: null,
    environments: [
      { name: "dev", approvals: 1, approvalsPlace: null, ticket: null, ticketPlace: null },
      {
        name: "prod",
        approvals: 2,
        approvalsPlace: { file: "environments/prod/environment.yaml", line: 3 },
        ticket: { required: true, pattern: "OPS-[0-9]+" },
        ticketPlace: { file: "environments/prod/environment.yaml", line: 4 },
      },
    ],
    approvals: [],
    filesDigest: "files",
    people: [person("ann"), person("bob"), person("carl"), person("dev", { barred: "contributed" })],
    ticket: "OPS-1",
    onMain: true,
    proposersWithoutRight: [],
    dependents: null,
    takeOver: [],
    missingApplies: [],
    ...more,
  };
}

function yes(
  personId: string,
  digests: Record<string, string> = { "network/dev": "d-network/dev", "network/prod": "d-network/prod" },
) {
  return { personId, digests: new Map(Object.entries(digests)), filesDigest: "files" };
}

function unmet(gate: ReturnType<typeof evaluateGate>): string[] {
  return gate.filter((condition) => !condition.met).map((condition) => condition.id);
}

test("two owners open it; each condition says who is missing and which line on main demands it", () => {
  const gate = evaluateGate(input());
  expect(unmet(gate)).toEqual(["owner:1", "approvals:dev", "approvals:prod"]);
  expect(gate[0]).toMatchObject({ who: ["ann", "bob"], file: "CODEOWNERS", line: 1, detail: "Waits for ann or bob." });
  expect(gate[2]).toMatchObject({
    file: "environments/prod/environment.yaml",
    line: 3,
    detail: "2 more needed from ann or bob.",
  });
  expect(unmet(evaluateGate(input({ approvals: [yes("ann")] })))).toEqual(["approvals:prod"]);
  expect(gateIsOpen(evaluateGate(input({ approvals: [yes("ann"), yes("bob")] })))).toBe(true);
});

test("the same person counts once, and who made some of it not at all", () => {
  expect(unmet(evaluateGate(input({ approvals: [yes("ann"), yes("ann")] })))).toEqual(["approvals:prod"]);
  const people = [person("ann", { barred: "contributed" }), person("bob")];
  expect(unmet(evaluateGate(input({ people, approvals: [yes("ann"), yes("bob")] })))).toEqual(["approvals:prod"]);
});

test("several owners cover different paths together; one alone does not", () => {
  const paths = ["components/network/main.tf", "policies/x.rego"];
  expect(unmet(evaluateGate(input({ paths, approvals: [yes("ann"), yes("bob")] })))).toEqual(["owner:2"]);
  expect(unmet(evaluateGate(input({ paths, approvals: [yes("ann"), yes("carl")] })))).toEqual([]);
});

test("whoever may approve for an environment counts there, and does not stand in for an owner", () => {
  const people = [person("ann"), person("eve", { mayApproveFor: (name) => name === "prod" })];
  const gate = evaluateGate(input({ people, approvals: [yes("eve")] }));
  expect(unmet(gate)).toEqual(["owner:1", "approvals:dev", "approvals:prod"]);
  expect(gate.find((one) => one.id === "approvals:prod")?.detail).toBe("1 more needed from ann. Approved by eve.");
  expect(unmet(evaluateGate(input({ people, approvals: [yes("eve"), yes("ann")] })))).toEqual([]);
});

test("an approval of other digests or other files counts for nothing", () => {
  const other = yes("ann", { "network/dev": "d-network/dev", "network/prod": "another" });
  const gate = evaluateGate(input({ approvals: [other, yes("bob")] }));
  expect(unmet(gate)).toEqual(["approvals:prod"]);
  const files = { ...yes("ann"), filesDigest: "others" };
  expect(unmet(evaluateGate(input({ approvals: [files, yes("bob")] })))).toEqual(["approvals:prod"]);
});

test("a path that nobody owns wants a yes of somebody who may approve", () => {
  const people = [person("dan", { mayApproveFor: () => true }), person("ann")];
  const nobody = { people, ownerOf: () => undefined, environments: [], plans: [], paths: ["README.md"] };
  expect(unmet(evaluateGate(input(nobody)))).toEqual(["owner:none"]);
  expect(unmet(evaluateGate(input({ ...nobody, approvals: [yes("ann", {})] })))).toEqual(["owner:none"]);
  expect(unmet(evaluateGate(input({ ...nobody, approvals: [yes("dan", {})] })))).toEqual([]);
});

test("what a finding asks for is possible: a promotion takes its code from main", () => {
  const blocked = { plans: [plan("network/dev", { blocking: 1 })] };
  const [change] = evaluateGate(input(blocked));
  expect(change?.detail).toContain("in network/dev. Mend the code and push again; an exception");
  const [promotion] = evaluateGate(input({ ...blocked, purpose: "promotion" }));
  expect(promotion?.detail).toContain("in network/dev. Mend the code on main and promote that; an exception");
});

test("the first mistake is told as a sentence, for another follows it", () => {
  const [met] = evaluateGate(input({ problems: [{ message: "no such key", file: "plumbline.yaml", line: 2 }] }));
  expect(met?.detail).toBe("One mistake: plumbline.yaml:2: no such key.");
});

test("conflicts, mistakes, plans, findings, freshness and tickets each close it", () => {
  const approvals = [yes("ann"), yes("bob")];
  const closed = (more: Partial<GateInput>) => unmet(evaluateGate(input({ approvals, ...more })));
  expect(closed({ conflicts: ["a.tf"] })).toEqual(["merges"]);
  expect(closed({ problems: [{ message: "wrong", file: "plumbline.yaml", line: 2 }] })).toEqual(["configuration"]);
  expect(closed({ plans: [plan("network/dev"), plan("network/prod", { blocking: 1 })] })).toEqual(["findings"]);
  expect(closed({ plans: [plan("network/dev"), plan("network/prod", { stale: true })] })).toEqual(["fresh"]);
  expect(closed({ onMain: false })).toEqual(["fresh"]);
  expect(closed({ plans: [plan("network/dev", { state: "failed", digest: null })] })).toEqual(["plans"]);
  expect(closed({ plans: [plan("network/dev"), plan("network/prod", { state: "settled", digest: null })] })).toEqual(
    [],
  );
  expect(closed({ ticket: null })).toEqual(["ticket:prod"]);
  expect(closed({ ticket: "JIRA-1" })).toEqual(["ticket:prod"]);
  expect(closed({ ticket: "OPS-1\nOPS-2" })).toEqual(["ticket:prod"]);
  expect(closed({ proposersWithoutRight: [{ name: "dev", environment: "prod" }] })).toEqual(["right:dev:prod"]);
});

test("whatever else is given, it opens only with an owner's and enough valid approvals and without a blocking finding", () => {
  const names = ["ann", "bob", "carl", "dev", "eve"];
  fc.assert(
    fc.property(
      fc.subarray(names),
      fc.subarray(names),
      fc.array(fc.constantFrom("d-network/prod", "old"), { minLength: 5, maxLength: 5 }),
      fc.nat(2),
      fc.nat(3),
      (contributed, approving, digests, blocking, needed) => {
        const people = names.map((name) =>
          person(name, {
            barred: contributed.includes(name) ? "contributed" : null,
            mayApproveFor: () => name === "eve",
          }),
        );
        const approvals = approving.map((name) => yes(name, { "network/prod": digests[names.indexOf(name)] ?? "" }));
        const gate = evaluateGate(
          input({
            people,
            approvals,
            plans: [plan("network/prod", { blocking })],
            environments: [{ name: "prod", approvals: needed, approvalsPlace: null, ticket: null, ticketPlace: null }],
          }),
        );
        const good = approving.filter(
          (name) => !contributed.includes(name) && digests[names.indexOf(name)] === "d-network/prod",
        );
        const hasOwner = good.includes("ann") || good.includes("bob");
        const counting = good.filter((name) => ["ann", "bob", "eve"].includes(name)).length;
        expect(gateIsOpen(gate)).toBe(blocking === 0 && hasOwner && counting >= needed);
      },
    ),
  );
});

test("lists read as people write them", () => {
  expect(list(["a"])).toBe("a");
  expect(list(["a", "b", "c"], "or")).toBe("a, b or c");
  expect(list(["1", "2", "3", "4", "5", "6", "7", "8"])).toBe("1, 2, 3, 4, 5 and 3 more");
});

const replayed = { begun: true, pending: 0, judged: 3, unjudged: [] };

test("plans that other policies judged are judged by those that hold now before anything is merged", () => {
  const gate = evaluateGate(input({ plans: [plan("network/dev", { outdated: true }), plan("network/prod")] }));
  expect(gate.find(({ id }) => id === "fresh")).toMatchObject({
    met: false,
    detail: expect.stringContaining("The policies have changed since network/dev was judged"),
  });
});

test("policies are merged once it is known what they would do", () => {
  const of = (more: Partial<NonNullable<GateInput["replay"]>>) =>
    evaluateGate(input({ replay: { ...replayed, ...more } })).find(({ id }) => id === "replay");
  expect(of({ pending: 3 })).toMatchObject({ met: false, detail: expect.stringContaining("3 of the newest plans") });
  expect(of({ begun: false })).toMatchObject({ met: false, detail: expect.stringContaining("about to be judged") });
  expect(of({})).toMatchObject({ met: true });
});

test("policies that do not work, or whose tests fail, are not merged", () => {
  const of = (more: Partial<NonNullable<GateInput["replay"]>>) =>
    evaluateGate(input({ replay: { ...replayed, ...more } })).find(({ id }) => id === "policies");
  expect(of({ unjudged: ["network/dev", "shop/dev"] })).toMatchObject({
    met: false,
    detail: expect.stringContaining("network/dev and shop/dev could not be judged"),
  });
  expect(of({})).toMatchObject({ met: true, detail: "Nothing else was found." });
  expect(of({ judged: 0 })).toMatchObject({ met: true, detail: expect.stringContaining("no plan to judge") });
  expect(evaluateGate(input({})).some(({ id }) => id === "policies")).toBe(false);
});

test("waivers get in only where somebody owns their file", () => {
  const unowned = input({ paths: ["policies/waivers.yaml"], ownerOf: () => undefined });
  expect(evaluateGate(unowned)[0]).toMatchObject({
    id: "owner:waivers",
    met: false,
    detail: expect.stringContaining("Nobody owns policies/waivers.yaml. Name its owners in CODEOWNERS first"),
  });
});
