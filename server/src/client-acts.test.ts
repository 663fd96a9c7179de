import * as contract from "@plumbline/contract";
import type { Endpoint } from "@plumbline/contract";
import { afterAll, expect, test } from "vitest";
import { twoClients } from "./testing/two-clients.ts";

/** Who acts for one of two clients that share a code base is refused without a word of the other. */
const world = await twoClients();
afterAll(() => world.stop());

const told = /initech/i;

/** A run of the other client. */
async function foreignRun(): Promise<number> {
  const { text } = await world.call(contract.listRuns, world.administrator, { query: { limit: 200 } });
  const { items } = JSON.parse(text) as { items: { number: number; environment: string }[] };
  return items.find(({ environment }) => environment.startsWith("initech/"))?.number ?? 0;
}

/** Acts about an environment by its name: `initech/prod`, or one that nobody has. */
const named: [Endpoint, (environment: string) => object][] = [
  [
    contract.openPullRequest,
    (name) => ({ body: { repository: "shop", purpose: "destroy", title: "x", workspaces: [`network/${name}`] } }),
  ],
  [contract.promote, (name) => ({ body: { repository: "shop", environments: [name] } })],
  [
    contract.setVariable,
    (name) => ({ body: { repository: "shop", environment: name, component: "common", name: "k", value: "v" } }),
  ],
  [contract.checkDrift, (name) => ({ params: { workspace: `network/${name}` } })],
  [contract.confirmStopped, (name) => ({ params: { workspace: `network/${name}` }, body: { statement: "it is off" } })],
];

test.each(["proposer", "operator", "approver"] as const)(
  "a %s of globex is told the same of another client's environment as of one that nobody has",
  async (role) => {
    const who = await world.person(`globex-acting-${role}`, { role, environments: "globex/*" });
    for (const [endpoint, input] of named) {
      const ask = async (name: string) => {
        const { status, text } = await world.call(endpoint, who, input(name));
        const { code, detail = "" } = JSON.parse(text) as { code: string; detail?: string };
        return { id: endpoint.id, status, code, detail: detail.replaceAll(name, "…") };
      };
      const foreign = await ask("initech/prod");
      expect(foreign).toEqual({ ...(await ask("hooli/prod")), id: endpoint.id });
      expect([400, 403, 404]).toContain(foreign.status);
      expect(foreign.detail).not.toMatch(told);
    }
  },
);

test.each([
  ["an environment that main has not", { environment: "globex/none", component: "common" }],
  ["a component that nobody has", { environment: "globex/prod", component: "portals" }],
  ["a component of the other client", { environment: "globex/prod", component: "initech-portal" }],
  [
    "a repository of the other client",
    { repository: "initech-tools", environment: "globex/prod", component: "common" },
  ],
])("a refusal to set a variable for %s names what is his alone", async (_what, about) => {
  const who = await world.person("globex-acting-proposer", { role: "proposer", environments: "globex/*" });
  const body = { repository: "shop", name: "k", value: "v", ...about };
  const { status, text } = await world.call(contract.setVariable, who, { body });
  expect([400, 404]).toContain(status);
  expect(Object.values(about).reduce((left, value) => left.replaceAll(value, "…"), text)).not.toMatch(told);
});

test("the log of another client's run is not streamed", async () => {
  const who = await world.person("globex-reader", { role: "reader", environments: "globex/*" });
  const number = await foreignRun();
  for (const one of [number, 99_999]) {
    const answer = await fetch(`${world.server.url}/api/v1/runs/${one}/log/stream`, { headers: who });
    expect([answer.status, (await answer.text()).replaceAll(String(one), "N")]).toEqual([
      404,
      expect.stringContaining("There is no run N."),
    ]);
  }
});
