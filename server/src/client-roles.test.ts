import * as contract from "@plumbline/contract";
import type { Endpoint, Role } from "@plumbline/contract";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { twoClients } from "./testing/two-clients.ts";

/**
 * Two clients share one code base. Somebody whose only role is a read-only one for one of them goes through every
 * endpoint, with every name and number there is: nothing of the other client comes out, be it a name, a value, a title,
 * or that a number is taken.
 */
const world = await twoClients();
afterAll(() => world.stop());

const environments = [
  "globex/prod",
  "globex/test",
  "globex/none",
  "initech/prod",
  "initech/test",
  "globex/*",
  "initech/*",
];
const names = ["network", "database"].flatMap((component) =>
  environments
    .slice(0, 5)
    .flatMap((environment) => [`${component}/${environment}`, `shop:${component}/${environment}`]),
);
const highest = 60;
const numbers = Array.from({ length: highest }, (_, index) => index + 1);

/** What is tried for a parameter or a member of a query, by its name. */
const tried: Record<string, readonly unknown[]> = {
  number: numbers,
  pullRequest: numbers,
  workspace: names,
  environment: environments,
  environments,
  client: ["globex", "initech"],
  repository: ["shop", "initech-tools"],
  catalogue: ["cis-aws-5.0"],
  rule: ["lab-bucket-public", "lab-bucket-name"],
  format: ["csv", "html", "json"],
  kind: ["plan", "apply", "drift"],
  status: ["open", "merged", "closed", "finished"],
  waitsForMe: ["true", "false"],
  search: ["initech", "1"],
  actor: ["initech-lead", "platform"],
  action: ["pull_request", "run", "drift_case"],
  state: ["in_sync", "drifted"],
  version: [1, 2],
  after: [0],
  cursor: ["1", "5", "40"],
  limit: [1, 200],
  name: ["initech-lead", "initechs", "plumbline"],
  phase: ["plan", "apply"],
  path: [
    "plumbline.yaml",
    "CODEOWNERS",
    "policies/waivers.yaml",
    "components/network/main.tf",
    "environments/globex/prod/network.tfvars",
    "environments/initech/prod/network.tfvars",
    "environments/globex/../initech/prod/network.tfvars",
  ],
  id: ["01900000-0000-7000-8000-000000000000"],
};
/** What a query must have. */
const needed: Record<string, Record<string, unknown>> = {
  getEnvironmentReport: { environments: "globex/*" },
  exportEnvironmentReport: { environments: "globex/*" },
  listVariables: { repository: "shop" },
  listRules: { repository: "shop" },
  getRule: { repository: "shop" },
  getRepositoryFile: { path: "plumbline.yaml" },
  diffStates: { from: 0, to: 1 },
  comparePatchSets: { from: 1, to: 1 },
};

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "auth" in value;
}
const endpoints = Object.values(contract as Record<string, unknown>)
  .filter(isEndpoint)
  .filter(({ auth, produces }) => auth === "person" && produces !== "text/event-stream");
const reading = endpoints.filter(({ method }) => method === "GET");

function keysOf(schema: z.ZodType | undefined): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape as object) : [];
}

/** Every input of an endpoint that is tried: each value of each parameter, then each member of its query beside it. */
function inputsOf(endpoint: Endpoint): { params: Record<string, unknown>; query: Record<string, unknown> }[] {
  let all: Record<string, unknown>[] = [{}];
  for (const key of [...endpoint.path.matchAll(/:([a-z]+)/gi)].map(([, name = ""]) => name))
    all = all.flatMap((params) => (tried[key] ?? ["x"]).map((value) => ({ ...params, [key]: value })));
  const base = needed[endpoint.id] ?? {};
  const queries = [
    base,
    ...keysOf(endpoint.query).flatMap((key) => (tried[key] ?? []).map((value) => ({ ...base, [key]: value }))),
  ];
  return all.flatMap((params) => queries.map((query) => ({ params, query })));
}

/** The body without what was asked for: an error may repeat that. */
function withoutEcho(text: string, { params, query }: { params: object; query: object }): string {
  const asked = [...Object.values(params), ...Object.values(query)]
    .filter((value) => typeof value === "string" && /initech/.test(value))
    .map(String);
  return asked.reduce((left, value) => left.replaceAll(value, "…"), text);
}

const told = /initech/i;
const roles: Role[] = ["auditor", "reader", "administrator"];

type Numbered = { items: { number: number; environment?: string; title?: string }[] };

/** What is read as JSON by somebody. */
async function read<Answer>(endpoint: Endpoint, who: Record<string, string>, input: object = {}): Promise<Answer> {
  const { status, text } = await world.call(endpoint, who, input);
  if (status !== 200) throw new Error(`${endpoint.id}: ${status} ${text}`);
  return JSON.parse(text) as Answer;
}

/** Numbers of what belongs to the other client alone, by what the path of an endpoint is about. */
async function foreignNumber(path: string): Promise<number> {
  if (path.includes("/pull-requests/")) return world.pullRequests.initech;
  if (path.includes("/drift-cases/")) return world.driftCases.initech;
  const { items } = await read<Numbered>(contract.listRuns, world.administrator, { query: { limit: 200 } });
  return items.find(({ environment }) => environment?.startsWith("initech/"))?.number ?? 0;
}

describe.each(roles)("a %s of globex alone", async (role) => {
  const who = await world.person(`globex-${role}`, { role, environments: "globex/*" });

  test.each(reading.map((endpoint) => [endpoint.id, endpoint] as const))(
    "%s tells nothing of the other client",
    async (_id, endpoint) => {
      const leaks: unknown[] = [];
      for (const input of inputsOf(endpoint)) {
        const { status, text } = await world.call(endpoint, who, input);
        const found = told.exec(withoutEcho(text, input));
        const at = found?.index ?? 0;
        if (found !== null || status >= 500)
          leaks.push({ input, status, text: text.slice(Math.max(at - 200, 0), at + 200) });
      }
      expect(leaks.slice(0, 3)).toEqual([]);
    },
    120_000,
  );

  const numbered = endpoints.filter(({ path }) => path.includes(":number"));
  test.each(numbered.map((endpoint) => [endpoint.id, endpoint] as const))(
    "%s: a number of another client answers like one that nobody has",
    async (id, endpoint) => {
      const bodies: Record<string, object> = {
        addComment: { body: "x" },
        approvePullRequest: { meaning: "x", digests: [] },
        setTicket: { ticket: "A-1" },
        revertDrift: {},
      };
      const ask = async (number: number) => {
        const more = { query: needed[id] ?? {}, ...(bodies[id] === undefined ? {} : { body: bodies[id] }) };
        const { status, text } = await world.call(endpoint, who, { params: { number }, ...more });
        const { detail, code } = JSON.parse(text) as { detail?: string; code?: string };
        return { status, code, detail: detail?.replaceAll(String(number), "N") };
      };
      const foreign = await ask(await foreignNumber(endpoint.path));
      expect(foreign).toEqual(await ask(99_999));
      expect([403, 404]).toContain(foreign.status);
    },
  );

  test("no act on a pull request that reaches others is his, and no refusal names them", async () => {
    for (const [id, body] of [
      ["closePullRequest", undefined],
      ["mergePullRequest", undefined],
      ["replanPullRequest", undefined],
      ["revertPullRequest", undefined],
      ["addComment", { body: "x" }],
      ["setTicket", { ticket: "A-1" }],
      ["approvePullRequest", { meaning: "x", digests: [] }],
    ] as const) {
      const endpoint = endpoints.find((one) => one.id === id);
      if (endpoint === undefined) throw new Error(id);
      const input = { params: { number: world.pullRequests.openShared }, ...(body === undefined ? {} : { body }) };
      const { status, text } = await world.call(endpoint, who, input);
      expect([id, status, told.test(text)]).toEqual([id, 403, false]);
    }
  });

  test("what is its own is all there", async () => {
    const workspaces = await read<{ items: { name: string }[] }>(contract.listWorkspaces, who);
    expect(workspaces.items.map(({ name }) => name)).toEqual([
      "network/globex/test",
      "database/globex/test",
      "network/globex/prod",
      "database/globex/prod",
    ]);
    const runs = await read<Numbered>(contract.listRuns, who, { query: { limit: 200 } });
    const all = await read<Numbered>(contract.listRuns, world.administrator, { query: { limit: 200 } });
    const own = all.items.filter(({ environment }) => environment?.startsWith("globex/"));
    expect(runs.items.map(({ number }) => number)).toEqual(own.map(({ number }) => number));
    const drift = await read<Numbered>(contract.listDriftCases, who);
    expect(drift.items.map(({ number }) => number)).toEqual([world.driftCases.globex]);
    const { globex, shared, openShared, initech, openInitech } = world.pullRequests;
    const { items } = await read<Numbered>(contract.listPullRequests, who);
    const seen = items.map(({ number }) => number);
    for (const number of [globex, shared, openShared]) expect(seen).toContain(number);
    for (const number of [initech, openInitech]) expect(seen).not.toContain(number);
    const findings = await read<{ items: object[] }>(contract.listKnownFindings, who);
    expect(findings.items.length).toBe(4);
    const waivers = await read<{ items: { environment: string }[] }>(contract.listWaivers, who);
    expect(waivers.items.map(({ environment }) => environment)).toEqual(["globex/*"]);
  });

  test("of a pull request that reaches others there is its part: plans, runs and files, not what people wrote", async () => {
    const number = world.pullRequests.shared;
    type Part = {
      title: string;
      description: string;
      affected: { workspace: string }[];
      approvals: object[];
      state: string;
    };
    const part = await read<Part>(contract.getPullRequest, who, { params: { number } });
    expect(part.title).toBe("The part for globex/test, globex/prod of a larger change");
    const whole = await read<{ title: string }>(contract.getPullRequest, world.administrator, { params: { number } });
    const found = async (by: Record<string, string>, search: string) => {
      const { items } = await read<Numbered>(contract.listPullRequests, by, { query: { search } });
      return items.map((one) => one.number);
    };
    expect(await found(world.administrator, `${whole.title.toUpperCase()} #${number}`)).toContain(number);
    expect(await found(who, `#${number}`)).toContain(number);
    expect(await found(who, whole.title)).not.toContain(number);
    expect(part).toMatchObject({ state: "applied", partial: true });
    expect(part.affected.map(({ workspace }) => workspace.split("/")[1])).toEqual(
      Array.from({ length: 4 }, () => "globex"),
    );
    expect(part.approvals).toMatchObject([{ person: { name: "platform" }, meaning: "" }]);
    const plans = await read<{ items: { workspace: string; text: string }[] }>(contract.listPullRequestPlans, who, {
      params: { number },
    });
    expect(plans.items).toHaveLength(4);
    expect((await read<{ items: object[] }>(contract.listChangedFiles, who, { params: { number } })).items).toEqual([]);
    const said = await read<{ items: { kind: string }[] }>(contract.listComments, who, { params: { number } });
    expect(said.items.filter(({ kind }) => kind !== "finding")).toEqual([]);
  });

  test("of a pull request that touches its environments alone everything is there", async () => {
    const number = world.pullRequests.globex;
    const whole = await read<{ title: string; patchSets: { commits: object[] }[] }>(contract.getPullRequest, who, {
      params: { number },
    });
    expect(whole.title).toBe("Another name for the network");
    expect(whole.patchSets[0]?.commits).toHaveLength(1);
    const files = await read<{ items: { path: string }[] }>(contract.listChangedFiles, who, { params: { number } });
    expect(files.items.map(({ path }) => path)).toEqual(["environments/globex/prod/network.tfvars"]);
    const said = await read<{ items: { kind: string; body: string }[] }>(contract.listComments, who, {
      params: { number },
    });
    expect(said.items.map(({ kind }) => kind)).toContain("summary");
    expect(said.items.map(({ body }) => body)).toContain("As agreed.");
  });

  test("the code is not to be had by Git: it holds what is other clients'", async () => {
    const basic = `Basic ${Buffer.from(`globex-${role}:${(who["authorization"] ?? "").slice(7)}`).toString("base64")}`;
    for (const repository of ["shop", "initech-tools"])
      for (const service of ["git-upload-pack", "git-receive-pack"])
        for (const [method, path] of [
          ["GET", `info/refs?service=${service}`],
          ["POST", service],
        ] as const) {
          const answer = await fetch(`${world.server.url}/git/acme/${repository}.git/${path}`, {
            method,
            headers: { authorization: basic },
          });
          const text = await answer.text();
          expect([repository, path, answer.status]).toEqual([repository, path, repository === "shop" ? 403 : 404]);
          expect(text.replaceAll(repository, "")).not.toMatch(told);
        }
  });

  test("nothing of the organization as a whole is his to change", async () => {
    const me = { name: `globex-${role}` };
    const channel = { name: "c", kind: "webhook", target: "https://192.0.2.1/", events: ["applied"] };
    for (const [endpoint, input] of [
      [contract.changePerson, { params: me, body: { roles: [{ role: "administrator", environments: "*" }] } }],
      [contract.createPerson, { body: { name: "second-me", displayName: "x", roles: [] } }],
      [contract.createChannel, { body: channel }],
      [contract.createRunner, { body: { name: "mine", environments: ["*"] } }],
      [contract.createRepository, { body: { name: "mine" } }],
      [contract.setPolicyRepository, { body: { repository: null } }],
      [contract.setCredential, { params: { name: "initech/prod", phase: "plan" }, body: { variables: {} } }],
    ] as const) {
      const { status, text } = await world.call(endpoint, who, input);
      expect([endpoint.id, status, (JSON.parse(text) as { code: string }).code]).toEqual([
        endpoint.id,
        403,
        "not_allowed",
      ]);
    }
  });

  test("live updates tell of its own alone", async () => {
    const leaving = new AbortController();
    const stream = await fetch(`${world.server.url}/api/v1/events`, { headers: who, signal: leaving.signal });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const say = (number: number) =>
      world.call(contract.addComment, world.administrator, { params: { number }, body: { body: "Look" } });
    let heard = "";
    const listen = async (until: RegExp) => {
      while (!until.test(heard)) heard += (await reader?.read())?.value ?? "";
    };
    await say(world.pullRequests.initech);
    await world.call(contract.checkDrift, await world.person("platform"), {
      params: { workspace: "network/initech/test" },
    });
    await say(world.pullRequests.globex);
    await listen(new RegExp(`pull-request:${world.pullRequests.globex}\\b`));
    leaving.abort();
    expect(heard).not.toMatch(told);
    expect(heard).not.toContain(`pull-request:${world.pullRequests.initech}"`);
    expect(heard.match(/"topics":\[[^\]]*/g)).toEqual([`"topics":["pull-request:${world.pullRequests.globex}"`]);
  });
});

test("an auditor of globex reads its entries of the log: of its environments, and of pull requests that are its own", async () => {
  const who = await world.person("globex-auditor");
  type Entries = {
    items: { sequence: number; action: string; environment: string | null; pullRequest: number | null }[];
  };
  const { items } = await read<Entries>(contract.listAuditEvents, who, { query: { limit: 200 } });
  expect(items.filter(({ environment }) => environment !== null && !environment.startsWith("globex/"))).toEqual([]);
  const about = items.filter(({ environment }) => environment === null);
  expect(new Set(about.map(({ pullRequest }) => pullRequest)).has(world.pullRequests.globex)).toBe(true);
  expect(about.map(({ pullRequest }) => pullRequest)).not.toContain(world.pullRequests.shared);
  const { total } = await read<{ total: number }>(contract.countAuditEvents, who);
  const listed = await read<{ items: object[] }>(contract.listAuditEvents, who, { query: { limit: 200 } });
  expect(total).toBe(listed.items.length);
  expect(items.map(({ action }) => action)).toContain("pull_request.merged");
  expect(items.map(({ action }) => action)).toContain("state.written");
  const own = new Set(items.map(({ sequence }) => sequence));
  const foreign = Array.from({ length: Math.max(...own) }, (_, index) => index + 1).find((one) => !own.has(one)) ?? 0;
  const shown = (number: number) => world.call(contract.getAuditEvent, who, { params: { number } });
  expect(await shown(Math.max(...own))).toMatchObject({ status: 200 });
  expect(await shown(foreign)).toMatchObject({ status: 404 });
});

test("who has another role beside it is not kept to the client", async () => {
  const who = await world.person(
    "employee",
    { role: "proposer", environments: "globex/*" },
    { role: "reader", environments: "*" },
  );
  const { title } = await read<{ title: string }>(contract.getPullRequest, who, {
    params: { number: world.pullRequests.initech },
  });
  expect(title).toBe("initech gets another name");
});
