import { expect, test } from "vitest";
import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { readFile } from "../repositories/read-file.ts";
import { countOpenPullRequests } from "./count-pull-requests.ts";
import { approvePullRequest } from "./approving/approve-pull-request.ts";
import { mergePullRequest } from "./merging/merge-pull-request.ts";
import { listChangedFiles } from "./patch-sets/read-plans.ts";
import { forgeFixture } from "./testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, dev, platform, owner } = fixture;
const globex = await fixture.person("globex-lead", ["approver", "globex/*"]);
const without = await fixture.person("left-behind");

const clients = ["globex/prod", "initech/prod"];
const files: Record<string, string> = {
  CODEOWNERS: "* @owner @globex-lead @left-behind\n",
  "plumbline.yaml": `version: 1
layers: [platform]
components:
  network: { path: components/network, values: "live/{environment}/terraform.tfvars", layer: platform }
environments: [globex/prod, initech/prod]
engine: { name: terraform, version: ">= 1.6" }
`,
  "components/network/main.tf": 'variable "size" {\n  type = number\n}\n',
  ...Object.fromEntries(
    clients.flatMap((name) => [
      [`environments/${name}/environment.yaml`, "approvals: 1\n"],
      [`live/${name}/terraform.tfvars`, "size = 1\n"],
    ]),
  ),
};

async function propose(topic: string, texts: Record<string, string>): Promise<number> {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit(topic, texts);
  const { number } = await clone.push(`refs/for/main/${topic}`);
  await fixture.plan();
  return number;
}

function digestsOf({ affected }: PullRequest) {
  return affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
}

/** Everybody whom the gate names, and of them those whose yes the server takes. */
async function namedAndTaken(number: number, people: readonly Actor[]) {
  const shown = await fixture.show(number, platform);
  const named = new Set(shown.gate.filter(({ met }) => !met).flatMap(({ who }) => who));
  const taken: string[] = [];
  for (const person of people) {
    const given = await approvePullRequest(context, person, number, {
      meaning: "Seen.",
      digests: digestsOf(shown),
    }).then(
      () => true,
      () => false,
    );
    if (given) taken.push(person.name);
  }
  return { named: people.map(({ name }) => name).filter((name) => named.has(name)), taken };
}

test("a change of one client's values alone is that client's, wherever its repository keeps them", async () => {
  const seed = await fixture.clone(platform);
  await seed.commit("Begin", files);
  expect((await seed.push("refs/heads/main")).code).toBe(0);
  const number = await propose("grow", { "live/globex/prod/terraform.tfvars": "size = 2\n" });
  const shown = await fixture.show(number, globex);
  expect(shown).toMatchObject({ title: "grow", can: { approve: { allowed: true } } });
  expect(shown).not.toHaveProperty("partial");
  expect((await listChangedFiles(context, globex, number)).map(({ path }) => path)).toEqual([
    "live/globex/prod/terraform.tfvars",
  ]);
  const read = await readFile(context, globex, "shop", { path: "live/globex/prod/terraform.tfvars" });
  expect(read.text).toBe("size = 1\n");
  await expect(readFile(context, globex, "shop", { path: "live/initech/prod/terraform.tfvars" })).rejects.toThrow(
    "There is no such file",
  );
  expect(await namedAndTaken(number, [globex, owner])).toEqual({
    named: ["globex-lead", "owner"],
    taken: ["globex-lead", "owner"],
  });
});

test("a change that touches more is not for a client to approve, and its gate does not name him", async () => {
  const number = await propose("both", {
    "live/globex/prod/terraform.tfvars": "size = 3\n",
    "live/initech/prod/terraform.tfvars": "size = 3\n",
  });
  expect(await fixture.show(number, globex)).toMatchObject({ partial: true });
  expect(await namedAndTaken(number, [globex, without, owner])).toEqual({ named: ["owner"], taken: ["owner"] });
  const code = await propose("code", { "components/network/main.tf": `${files["components/network/main.tf"]}\n` });
  expect(await namedAndTaken(code, [globex, without, owner])).toEqual({ named: ["owner"], taken: ["owner"] });
  await propose("other", { "live/initech/prod/terraform.tfvars": "size = 4\n" });
  expect(await countOpenPullRequests(context, globex, "shop")).toBe(3);
  expect(await countOpenPullRequests(context, platform, "shop")).toBe(4);
});

test("where only such people own a path, the gate says that none of them can", async () => {
  const number = await propose("owners", { CODEOWNERS: "* @globex-lead @left-behind\n" });
  const shown = await fixture.show(number, platform);
  await approvePullRequest(context, owner, number, { meaning: "Seen.", digests: digestsOf(shown) });
  await mergePullRequest(context, dev, number);
  const later = await propose("later", { "components/network/main.tf": "# another\n" });
  const { gate } = await fixture.show(later, platform);
  expect(gate.find(({ kind }) => kind === "owner")).toMatchObject({
    met: false,
    who: [],
    detail:
      "Its owners @globex-lead and @left-behind made this change, see only a part of it, have no role or are not here; somebody else must be added to CODEOWNERS.",
  });
});
