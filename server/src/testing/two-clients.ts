import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Endpoint, Finding, Job, RoleBinding } from "@plumbline/contract";
import * as contract from "@plumbline/contract";
import { acceptedTool } from "./accepted-tool.ts";
import type { PlayedPlan } from "./played-runner.ts";
import { playRuns } from "./played-runner.ts";
import { mailSink, webhookSink } from "./sinks.ts";
import { stockClone } from "./stock-git.ts";
import { startTestServer } from "./test-server.ts";
import type { TestServer } from "./test-server.ts";

/** Two clients with one code base, changes of each, of both, drift, findings, and people of each. */
export interface TwoClients {
  server: TestServer;
  /** Calls an endpoint with a person's header; answers status and body. */
  call(endpoint: Endpoint, who: Record<string, string>, input?: object): Promise<{ status: number; text: string }>;
  administrator: Record<string, string>;
  /** Somebody with these roles and no others. */
  person(name: string, ...roles: RoleBinding[]): Promise<Record<string, string>>;
  /** Numbers of the pull requests by what they touch. */
  pullRequests: { shared: number; globex: number; initech: number; openShared: number; openInitech: number };
  /** What was sent to channels (by path: /everything, /globex-alerts, /initech-alerts) and by mail. */
  told: { hooks: readonly { path: string; body: Record<string, unknown> }[]; mails: readonly string[] };
  /** Numbers of drift cases. */
  driftCases: { globex: number; initech: number };
  stop(): Promise<void>;
}

const files: Record<string, string> = {
  "plumbline.yaml": `version: 1
layers: [platform]
components:
  network: { path: components/network, layer: platform }
  database: { path: components/database, layer: platform, depends_on: [network] }
  initech-portal: { path: components/initech-portal, layer: platform, depends_on: [network], environments: [initech/*] }
environments: [globex/test, initech/test, globex/prod, initech/prod]
engine: { name: terraform, version: "~> 1.10" }
`,
  "components/initech-portal/main.tf": 'resource "lab_bucket" "portal" {\n  name = "initech-portal"\n}\n',
  CODEOWNERS: `* @platform
/environments/globex/ @platform
/environments/initech/ @initech-lead
`,
  "policies/waivers.yaml": `version: 1
waivers:
  - { rule: lab-bucket-public, address: "lab_bucket.*", environment: initech/*, reason: initech asked for it, owner: "@initech-lead", ticket: OPS-1, expires: 2026-12-20 }
  - { rule: lab-bucket-public, address: "lab_bucket.*", environment: globex/*, reason: until they have moved, owner: "@platform", ticket: OPS-2, expires: 2026-12-20 }
`,
  ...Object.fromEntries(
    ["network", "database"].map((component) => [
      `components/${component}/main.tf`,
      `# also used by initech\nvariable "name" {\n  type = string\n}\n\nresource "lab_bucket" "${component}" {\n  name = var.name\n}\n`,
    ]),
  ),
  ...Object.fromEntries(
    ["globex/test", "initech/test", "globex/prod", "initech/prod"].flatMap((environment) => [
      [`environments/${environment}/environment.yaml`, "approvals: 1\ndrift: { every: 1h }\n"],
      ...["network", "database"].map((component) => [
        `environments/${environment}/${component}.tfvars`,
        `name = "${environment.replace("/", "-")}-${component}" # why: each has its own\n`,
      ]),
    ]),
  ),
};

/** What a resource of a client is called: so every place that shows one tells whose it is. */
function attributesOf(job: Job): { name: string; public: boolean } {
  return { name: `${job.workspace.environment.replace("/", "-")}-${job.workspace.component}`, public: false };
}

function findingIn(job: Job): Finding {
  const { component, environment } = job.workspace;
  return {
    fingerprint: `low-${job.workspace.name}`,
    rule: "lab-bucket-name",
    severity: "low",
    category: "naming",
    title: `The bucket of ${environment} has a plain name`,
    why: `${environment} wants another one.`,
    fix: "Name it otherwise.",
    outcome: "fail",
    address: `lab_bucket.${component}`,
    place: { file: `components/${component}/main.tf`, line: 6 },
    chain: [{ file: `environments/${environment}/${component}.tfvars`, line: 1 }],
    source: "plumbline",
    controls: [],
  };
}

/** Makes it, by the ways that people and runners have. Takes a few seconds. */
export async function twoClients(): Promise<TwoClients> {
  const [hooks, mails] = [await webhookSink(), await mailSink()];
  const server = await startTestServer({
    PLUMBLINE_SERVER__MAIL__SMTP_URL: `smtp://127.0.0.1:${mails.port}?ignoreTLS=true`,
    PLUMBLINE_SERVER__MAIL__FROM: "plumbline@acme.example",
    PLUMBLINE_SERVER__NOTIFICATIONS__ALLOW_PRIVATE_TARGETS: "true",
  });
  const administrator = await server.credentials("administrator");
  const call: TwoClients["call"] = async (endpoint, who, input = {}) => {
    const { method, path, body } = contract.buildRequest(endpoint, input);
    const response = await fetch(server.url + path, {
      method,
      headers: { ...who, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, text: await response.text() };
  };
  const must = async <Answer>(endpoint: Endpoint, who: Record<string, string>, input: object = {}): Promise<Answer> => {
    const { status, text } = await call(endpoint, who, input);
    if (status >= 300) throw new Error(`${endpoint.id}: ${status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
  };
  const person: TwoClients["person"] = (name, ...roles) => server.person(name, roles);
  const platform = await person(
    "platform",
    { role: "proposer", environments: "*" },
    { role: "approver", environments: "*" },
    { role: "operator", environments: "*" },
  );
  const developer = await person("developer", { role: "proposer", environments: "*" });
  await person("initech-lead", { role: "approver", environments: "initech/*" }, { role: "reader", environments: "*" });
  await server.sql(
    `insert into tools (organization_id, sha256, name, version, platform, source, accepted_at, accepted_by)
     select organization_id, $1, $2, $3, $4, 'a test', now(), 'platform' from organizations where name = 'acme'`,
    [acceptedTool.sha256, acceptedTool.name, acceptedTool.version, acceptedTool.platform],
  );
  await must(contract.createRepository, administrator, { body: { name: "shop" } });
  await must(contract.createRepository, administrator, { body: { name: "initech-tools" } });
  await person("globex-client", { role: "approver", environments: "globex/*" });
  await person("initech-client", { role: "approver", environments: "initech/*" });
  const events = [...contract.notificationEvents];
  for (const [name, environments] of [
    ["everything", undefined],
    ["globex-alerts", ["globex/*"]],
    ["initech-alerts", ["initech/*"]],
  ] as const) {
    const target = `http://127.0.0.1:${hooks.port}/${name}`;
    const body = { name, kind: "webhook", target, events, ...(environments === undefined ? {} : { environments }) };
    await must(contract.createChannel, administrator, { body });
  }
  await must(contract.createChannel, administrator, {
    body: { name: "initech-and-all", kind: "email", target: "people", events },
  });
  const { token } = await must<{ token: string }>(contract.createRunner, administrator, {
    body: { name: "everybodys", environments: ["*"] },
  });
  const initechs = await must<{ token: string }>(contract.createRunner, administrator, {
    body: { name: "initechs", environments: ["initech/*"] },
  });
  // It is there, and has said which engines it brings.
  await playRuns(server.url, initechs.token, () => ({ changes: {} }), new Map());

  const serials = new Map<string, number>();
  const drifted = new Set<string>();
  const play = () =>
    playRuns(
      server.url,
      token,
      (job): PlayedPlan => {
        const attributes = attributesOf(job);
        const address = `lab_bucket.${job.workspace.component}`;
        if (job.kind === "drift")
          return drifted.has(job.workspace.name)
            ? { changes: {}, outside: { [address]: { before: attributes, after: { ...attributes, public: true } } } }
            : { changes: {} };
        return {
          changes: {
            [address]: { before: null, after: { ...attributes, round: serials.get(job.workspace.name) ?? 0 } },
          },
          findings: [findingIn(job)],
          state: { [address]: attributes },
        };
      },
      serials,
    );
  /** Plays runs until something is the case; background work has its part in it. */
  const until = async <Found>(look: () => Promise<Found | undefined>): Promise<Found> => {
    const deadline = Date.now() + 60_000;
    for (;;) {
      await play();
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error("it did not come to be");
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  };

  const gitUrl = (name: string, secret: string) =>
    `${server.url.replace("http://", `http://${name}:${secret}@`)}/git/acme/shop.git`;
  const bearer = (who: Record<string, string>) => (who["authorization"] ?? "").replace("Bearer ", "");
  const seeding = await stockClone(gitUrl("some-administrator", bearer(administrator)), {
    name: "Some",
    email: "some@acme.example",
  });
  const working = await stockClone(gitUrl("developer", bearer(developer)), {
    name: "developer",
    email: "developer@acme.example",
  });
  const write = async (clone: typeof seeding, texts: Record<string, string>) => {
    for (const [path, text] of Object.entries(texts)) {
      await mkdir(dirname(join(clone.directory, path)), { recursive: true });
      await writeFile(join(clone.directory, path), text);
    }
  };
  const git = async (clone: typeof seeding, ...args: string[]) => {
    const { code, stderr } = await clone.git(...args);
    if (code !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  };
  await write(seeding, files);
  await git(seeding, "add", "-A");
  await git(seeding, "commit", "-qm", "Begin with globex and initech");
  await git(seeding, "push", "-q", "origin", "main");

  const numbers = async () =>
    (await must<{ items: { number: number }[] }>(contract.listPullRequests, administrator)).items.map(
      ({ number }) => number,
    );
  const propose = async (topic: string, subject: string, texts: Record<string, string>): Promise<number> => {
    const before = new Set(await numbers());
    await git(working, "fetch", "-q", "origin", "main");
    await git(working, "checkout", "-q", "-B", topic, "origin/main");
    await write(working, texts);
    await git(working, "add", "-A");
    await git(working, "commit", "-qm", subject);
    await git(working, "push", "-q", "origin", `HEAD:refs/for/main/${topic}`);
    const [number] = (await numbers()).filter((one) => !before.has(one));
    if (number === undefined) throw new Error(`no pull request for ${topic}`);
    return number;
  };
  type Shown = { state: string; affected: { workspace: string; digest: string | null }[] };
  const shown = (number: number) => must<Shown>(contract.getPullRequest, administrator, { params: { number } });
  const lead = await server.person("initech-lead", []);
  const apply = async (number: number, meaning: string, ...approvers: Record<string, string>[]) => {
    await until(async () => ((await shown(number)).state === "waits" ? true : undefined));
    const digests = (await shown(number)).affected.flatMap(({ workspace, digest }) =>
      digest === null ? [] : [{ workspace, digest }],
    );
    for (const who of approvers)
      await must(contract.approvePullRequest, who, {
        params: { number },
        body: { meaning, digests },
      });
    await must(contract.mergePullRequest, platform, { params: { number } });
    await until(async () => ((await shown(number)).state === "applied" ? true : undefined));
  };
  const code = (text: string) => `${files["components/network/main.tf"] ?? ""}\n# ${text}\n`;

  const shared = await propose("shared", "Name networks for globex and initech", {
    "components/network/main.tf": code("initech wanted this"),
    "components/database/main.tf": `${files["components/database/main.tf"] ?? ""}\n# initech\n`,
  });
  await must(contract.addComment, platform, { params: { number: shared }, body: { body: "initech waits for this" } });
  await apply(shared, "I have read the plans of initech and globex", platform);
  const globex = await propose("globex", "Another name for the network", {
    "environments/globex/prod/network.tfvars": `name = "globex-prod-net" # why: each has its own\n`,
  });
  await must(contract.addComment, platform, { params: { number: globex }, body: { body: "As agreed." } });
  await apply(globex, "I have read the plans", platform);
  const initech = await propose("initech", "initech gets another name", {
    "environments/initech/prod/network.tfvars": `name = "initech-prod-net" # why: initech has its own\n`,
  });
  await apply(initech, "I have read the plans of initech", platform, lead);

  drifted.add("network/globex/prod").add("network/initech/prod");
  type Case = { number: number; workspace: string };
  for (const workspace of drifted) await must(contract.checkDrift, platform, { params: { workspace } });
  const cases = await until(async () => {
    const { items } = await must<{ items: Case[] }>(contract.listDriftCases, administrator);
    return items.length === 2 ? items : undefined;
  });
  const caseOf = (workspace: string) => cases.find((one) => one.workspace === workspace)?.number ?? 0;

  for (const environment of ["globex/prod", "initech/prod"])
    await must(contract.setVariable, platform, {
      body: {
        repository: "shop",
        environment,
        component: "common",
        name: `${environment.split("/")[0]}_key`,
        value: "x",
      },
    });
  const openShared = await propose("open-shared", "Prepare initech and globex", {
    "components/network/main.tf": code("initech is next"),
  });
  const openInitech = await propose("open-initech", "initech again", {
    "environments/initech/test/network.tfvars": `name = "initech-again" # why: initech\n`,
  });
  await until(async () => ((await shown(openInitech)).state === "waits" ? true : undefined));
  await until(async () => ((await shown(openShared)).state === "waits" ? true : undefined));

  return {
    server,
    call,
    administrator,
    person,
    pullRequests: { shared, globex, initech, openShared, openInitech },
    told: { hooks: hooks.received, mails: mails.received },
    driftCases: { globex: caseOf("network/globex/prod"), initech: caseOf("network/initech/prod") },
    async stop() {
      await seeding.remove();
      await working.remove();
      await server.stop();
      await Promise.all([hooks.stop(), mails.stop()]);
    },
  };
}
