import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRepository, getRun } from "@plumbline/contract";
import { holds } from "../stories/story.ts";
import { applied, approve, merge, plansOf, pushForReview } from "../world/acts.ts";
import type { Clone } from "../world/git.ts";
import type { LabWorld } from "../world/lab-world.ts";
import { findOnPath } from "../world/tools.ts";
import { root } from "../world/world.ts";
import type { Lane } from "../world/lane.ts";

const repository = "shop-infrastructure";
const example = join(root, "examples", repository);
const workspace = "network/dev";

/** tofu from PLUMBLINE_TOFU (a path) or PATH. */
export function findTofu(): Lane<{ name: "tofu"; path: string }> {
  const path = process.env["PLUMBLINE_TOFU"] ?? findOnPath("tofu");
  return path === undefined
    ? { missing: "tofu is not on PATH, and PLUMBLINE_TOFU does not name it." }
    : { tools: { name: "tofu", path } };
}

/** One component of the example is rolled out by tofu, and planned again without a change. */
export function tofuStory(): { title: string; run(lab: LabWorld): Promise<void> }[] {
  return [
    {
      title: "the example's network is planned, approved, merged and applied",
      async run(lab) {
        await lab.as("platform").call(createRepository, { body: { name: repository } });
        const rules = await lab.clone("platform", repository);
        for (const path of ["CODEOWNERS", "policies", "environments/dev/environment.yaml"]) copy(rules, path);
        rules.write("plumbline.yaml", plumblineYaml("{}"));
        await rules.commit("Set the rules");
        await rules.must("push", "origin", "HEAD:refs/heads/main");
        const clone = await lab.clone("dev", repository);
        for (const path of ["components/network", "modules"]) copy(clone, path);
        for (const name of ["common", "network"]) copy(clone, `environments/dev/${name}.tfvars`);
        clone.write("plumbline.yaml", plumblineYaml("{ network: { path: components/network, layer: platform } }"));
        await clone.commit("Roll out the network");
        const number = await pushForReview(clone);
        const planned = await plansOf(lab.as("owner"), number);
        holds(planned.state === "waits", `it waits for approval: ${planned.state}. ${planned.sentence}`);
        await approve(lab.as("owner"), number);
        await merge(lab.as("owner"), number);
        const done = await applied(lab.as("owner"), number, [lab.as("owner")]);
        const { applyRun } = done.affected.find((one) => one.workspace === workspace) ?? {};
        const run = await lab.as("owner").call(getRun, { params: { number: applyRun ?? 0 } });
        holds(run.engine.name === "tofu", `tofu applied it: ${JSON.stringify(run.engine)}`);
        const networks = await lab.lab.list("dev", "network");
        holds(networks.length === 1, `dev has its network: ${JSON.stringify(networks)}`);
      },
    },
    {
      title: "a change of it is applied by tofu too, and a plan digest holds from plan to apply",
      async run(lab) {
        const clone = await lab.clone("dev", repository);
        const file = "components/network/labels.tf";
        clone.write(file, readFileSync(join(clone.folder, file), "utf8").replace('"network"', '"backbone"'));
        await clone.commit("Call the network backbone");
        const number = await pushForReview(clone);
        await plansOf(lab.as("owner"), number);
        await approve(lab.as("owner"), number);
        await merge(lab.as("owner"), number);
        await applied(lab.as("owner"), number);
        const networks = await lab.lab.list("dev", "network");
        holds(JSON.stringify(networks).includes("backbone"), `the name changed: ${JSON.stringify(networks)}`);
      },
    },
  ];
}

function copy(clone: Clone, path: string): void {
  clone.write(`${path}/.keep`, "");
  clone.remove(path);
  cpSync(join(example, path), join(clone.folder, path), { recursive: true });
}

function plumblineYaml(components: string): string {
  return `version: 1
layers: [platform]
components: ${components}
environments: [dev]
engine: { name: tofu, version: ">= 1.6" }
`;
}
