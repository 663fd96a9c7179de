import { listRepositories } from "@plumbline/contract";
import type { Repository } from "@plumbline/contract";
import { expect, test } from "vitest";
import { environmentView } from "../testing/environment-view.ts";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

const component = (name: string, layer: string): Repository["components"][number] => ({
  name,
  layer,
  path: `components/${name}`,
  environments: ["dev", "prod"],
  dependsOn: [],
  inputs: [],
});
const shop: Repository = {
  name: "shop",
  gitUrl: "https://plumbline.example.org/git/acme/shop.git",
  headCommit: "8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812",
  createdAt: "2026-11-22T07:00:00.000Z",
  layers: ["platform", "application"],
  components: [
    {
      ...component("shop", "application"),
      dependsOn: ["network"],
      inputs: [{ variable: "network_id", from: "network.id" }],
    },
    component("network", "platform"),
  ],
  environments: [
    environmentView("dev", { credentials: "dev" }),
    environmentView("prod", {
      pin: { ref: "8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812", label: "2026.46", subject: null },
      ticketRequired: true,
      ticketPattern: "OPS-[0-9]+",
      behind: 3,
    }),
  ],
  problems: [{ message: "unknown layer.", file: "plumbline.yaml", line: 4 }],
};

test("what main declares is shown: environments in order, components by layer", async () => {
  await using api = await startFakeApi();
  api.answer(listRepositories, () => ({ items: [shop] }));
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  expect((await plumb(["repositories", "show"], { env })).stdout).toBe(`shop
main  8c1f0e2b9d3a
git   https://plumbline.example.org/git/acme/shop.git
shop: plumbline.yaml:4: unknown layer.

2 environments
ENVIRONMENT  PINNED TO                  APPROVALS  TICKET      CREDENTIALS  DRIFT CHECKS
dev          follows main                       1              dev          every 15 min
prod         2026.46, 3 commits behind          1  OPS-[0-9]+  none         every 15 min

2 components
LAYER        COMPONENT  ENVIRONMENTS  DEPENDS ON  TAKES                    CODE
platform     network    dev prod                                           components/network
application  shop       dev prod      network     network_id = network.id  components/shop
`);
  expect(JSON.parse((await plumb(["repositories", "show", "shop", "--json"], { env })).stdout)).toEqual(shop);
});

test("of several one is named; of a wrong name the one that was meant is proposed", async () => {
  await using api = await startFakeApi();
  api.answer(listRepositories, () => ({ items: [shop, { ...shop, name: "backbone" }] }));
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const several = await plumb(["repositories", "show"], { env });
  expect(several).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("Name one: shop, backbone") });
  const wrong = await plumb(["repositories", "show", "shpo"], { env });
  expect(wrong).toMatchObject({ exitCode: 6, stderr: expect.stringContaining("Did you mean shop?") });
});
