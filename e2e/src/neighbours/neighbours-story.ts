import {
  createRepository,
  getWorkspace,
  listPullRequests,
  listWorkspaceValues,
  replanPullRequest,
} from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import { holds } from "../stories/story.ts";
import { applied, approve, merge, plansOf, pullRequest, pushForReview } from "../world/acts.ts";
import type { LabWorld } from "../world/lab-world.ts";
import { until } from "../world/wait.ts";

/** One repository has the backbone, another one an application that stands on it. */
export function neighboursStory(engine: "terraform" | "tofu"): { title: string; run(lab: LabWorld): Promise<void> }[] {
  const file = (components: string, more = "") =>
    `version: 1\nlayers: [base]\ncomponents: ${components}\nenvironments: [dev]\nengine: { name: ${engine}, version: ">= 1.6" }\n${more}`;
  const rules = (components: string, more = "") => ({
    CODEOWNERS: "* @owner\n",
    "environments/dev/environment.yaml": "approvals: 1\n",
    "plumbline.yaml": file(components, more),
  });
  const backbone = "\n  backbone: { path: backbone, layer: base }";
  const portal =
    "\n  portal: { path: portal, layer: base, inputs: { net: { repository: platform, component: backbone, output: id } } }";
  const offer = "exports: { backbone: [id] }\n";
  return [
    {
      title: "the backbone is applied; what it does not offer is not taken",
      async run(lab) {
        for (const name of ["platform", "shop"]) {
          await lab.as("platform").call(createRepository, { body: { name } });
          await push(lab, "platform", name, "Rules", rules("{}"), "HEAD:refs/heads/main");
        }
        await roll(
          lab,
          await propose(lab, "platform", "Lay it", { ...rules(backbone), "backbone/main.tf": backboneCode("b1") }),
        );
        const number = await propose(lab, "shop", "Stand on it", { ...rules(portal), "portal/main.tf": portalCode });
        const seen = await pullRequest(lab.as("owner"), number);
        const [wrong] = seen.patchSets.at(-1)?.problems ?? [];
        holds(wrong?.message.includes("offers nothing of “backbone”") === true, `it is told: ${wrong?.message}`);
        holds(wrong.file === "plumbline.yaml" && wrong.line === 4, "with file and line");
      },
    },
    {
      title: "once it is offered, the other repository's run gets the applied value, and the page says from where",
      async run(lab) {
        await roll(lab, await propose(lab, "platform", "Offer it", rules(backbone, offer)));
        const { items } = await lab.as("owner").call(listPullRequests, { query: {} });
        const number = items.find(({ title }) => title === "Stand on it")?.number ?? 0;
        await lab.as("dev").call(replanPullRequest, { params: { number } });
        await until("the plan with the value", async () =>
          (await pullRequest(lab.as("owner"), number)).affected.some(({ digest }) => digest !== null)
            ? true
            : undefined,
        );
        await roll(lab, number);
        holds((await takenBy(lab)) === "platform:backbone/dev.id", "the workspace names what it takes");
        const values = await lab.as("owner").call(listWorkspaceValues, { params: { workspace: "portal/dev" } });
        const net = values.items.find(({ name }) => name === "net");
        holds(net?.origin?.from === "platform:backbone/dev.id", `the value names its origin: ${JSON.stringify(net)}`);
      },
    },
    {
      title: "a new value there opens a pull request here, which plans and applies what it means",
      async run(lab) {
        await roll(lab, await propose(lab, "platform", "Move it", { "backbone/main.tf": backboneCode("b2") }));
        const { number } = await until(
          "the pull request that takes it over",
          async () => {
            const { items } = await lab.as("owner").call(listPullRequests, { query: {} });
            return items.find(({ title, status }) => title.startsWith("Take over") && status === "open");
          },
          { seconds: 120 },
        );
        const seen = await pullRequest(lab.as("owner"), number);
        holds(seen.repository === "shop", `in the repository that takes it: ${seen.repository}`);
        holds(seen.title === "Take over new outputs of platform:backbone/dev", seen.title);
        const done = await roll(lab, number);
        holds(done.affected.map(({ workspace }) => workspace).join() === "portal/dev", "only who takes it is planned");
      },
    },
    {
      title: "what is taken cannot be taken away, and a circle is told to whoever would close it",
      async run(lab) {
        const away = await pullRequest(lab.as("owner"), await propose(lab, "platform", "Hide it", rules(backbone)));
        const gate = away.gate.find(({ met }) => !met);
        holds(gate?.detail.includes("backbone.id is taken by shop:portal") === true, `told there: ${gate?.detail}`);
        await roll(lab, await propose(lab, "shop", "Offer the address", rules(portal, "exports: { portal: [url] }\n")));
        const back =
          "\n  backbone: { path: backbone, layer: base, inputs: { url: { repository: shop, component: portal, output: url } } }";
        const circle = await pullRequest(
          lab.as("owner"),
          await propose(lab, "platform", "Take it back", rules(back, offer)),
        );
        const [wrong] = circle.patchSets.at(-1)?.problems ?? [];
        const whole = "platform:backbone → shop:portal → platform:backbone";
        holds(wrong?.message.includes(whole) === true, `the whole circle is told: ${wrong?.message}`);
      },
    },
  ];
}

const backboneCode = (id: string) =>
  `resource "terraform_data" "backbone" {\n  input = "${id}"\n}\noutput "id" {\n  value = terraform_data.backbone.output\n}\noutput "secret" {\n  value     = "nobody takes it"\n  sensitive = true\n}\n`;
const portalCode =
  'variable "net" {\n  type = string\n}\nresource "terraform_data" "portal" {\n  input = "on ${var.net}"\n}\noutput "url" {\n  value = terraform_data.portal.output\n}\n';

async function push(
  lab: LabWorld,
  who: "platform" | "dev",
  repository: string,
  title: string,
  files: Record<string, string>,
  target: string,
): Promise<string> {
  const clone = await lab.clone(who, repository);
  for (const [path, text] of Object.entries(files)) clone.write(path, text);
  await clone.commit(title);
  return clone.must("push", "origin", target);
}

async function propose(
  lab: LabWorld,
  repository: string,
  title: string,
  files: Record<string, string>,
): Promise<number> {
  const clone = await lab.clone("dev", repository);
  for (const [path, text] of Object.entries(files)) clone.write(path, text);
  await clone.commit(title);
  return pushForReview(clone);
}

async function roll(lab: LabWorld, number: number): Promise<PullRequest> {
  await plansOf(lab.as("owner"), number);
  await approve(lab.as("owner"), number);
  await merge(lab.as("owner"), number);
  return applied(lab.as("owner"), number, [lab.as("owner")]);
}

async function takenBy(lab: LabWorld): Promise<string | undefined> {
  const workspace = await lab.as("owner").call(getWorkspace, { params: { workspace: "portal/dev" } });
  return workspace.inputs.find(({ variable }) => variable === "net")?.from;
}
