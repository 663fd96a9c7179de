import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  checkDrift,
  createRepository,
  getRun,
  listDriftCases,
  listPullRequestPlans,
  listStateResources,
  revertDrift,
} from "@plumbline/contract";
import { holds } from "../stories/story.ts";
import { applied, approve, merge, plansOf, pushForReview } from "../world/acts.ts";
import type { Clone } from "../world/git.ts";
import type { LabWorld } from "../world/lab-world.ts";
import { findOnPath } from "../world/tools.ts";
import { until } from "../world/wait.ts";
import { root } from "../world/world.ts";
import type { Lane } from "../world/lane.ts";

export const repository = "shop-infrastructure";
const example = join(root, "examples", repository);
const workspace = "network/dev";

/** tofu from PLUMBLINE_TOFU (a path) or PATH. */
export function findTofu(): Lane<{ name: "tofu"; path: string }> {
  const path = process.env["PLUMBLINE_TOFU"] ?? findOnPath("tofu");
  return path === undefined
    ? { missing: "tofu is not on PATH, and PLUMBLINE_TOFU does not name it." }
    : { tools: { name: "tofu", path } };
}

/** Components are rolled out, changed and watched by tofu. */
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
        clone.write("plumbline.yaml", plumblineYaml(`{ ${networkEntry} }`));
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
    {
      title: "what somebody changes in the cloud is found by tofu, reverted by a pull request, and closed",
      async run(lab) {
        const [network] = await lab.lab.list("dev", "network");
        await lab.lab.change("dev", "network", String(network?.["id"]), { tags: { team: "nobody" } });
        await lab.as("owner").call(checkDrift, { params: { workspace } });
        const find = async () => (await lab.as("owner").call(listDriftCases, { query: { workspace } })).items.at(0);
        const found = await until("a drift case", find, { seconds: 120 });
        const { number } = await lab.as("dev").call(revertDrift, { params: { number: found.number }, body: {} });
        await plansOf(lab.as("owner"), number);
        await approve(lab.as("owner"), number);
        await merge(lab.as("owner"), number);
        await applied(lab.as("owner"), number);
        const isClosed = async () => ((await find())?.status === "closed" ? true : undefined);
        await until("the case is closed by a check that finds nothing", isClosed, { seconds: 120 });
      },
    },
    {
      title:
        "files of tofu stand in for those of terraform, its own encryption is out of force, its registry's address is locked",
      async run(lab) {
        mirrorAsTofuRegistry(lab);
        const clone = await lab.clone("dev", repository);
        const folder = "components/archive";
        clone.write(`${folder}/main.tofu`, archiveMain);
        clone.write(`${folder}/main.tf`, archiveMain.replace("public     = false", "public     = true"));
        clone.write(`${folder}/.terraform.lock.hcl`, lab.lockFile.replace(/"[^"]*\/lab\/lab"/, `"${tofuAddress}"`));
        clone.write("environments/dev/archive.tfvars", 'bucket = "archive-of-dev"\n');
        clone.write(
          "plumbline.yaml",
          plumblineYaml(`{ ${networkEntry}, archive: { path: ${folder}, layer: platform } }`),
        );
        await clone.commit("Keep an archive");
        const number = await pushForReview(clone);
        const planned = await plansOf(lab.as("owner"), number);
        holds(planned.affected.map((one) => one.workspace).join() === "archive/dev", "only the archive is planned");
        const { items } = await lab.as("owner").call(listPullRequestPlans, { params: { number }, query: {} });
        const bucket = items[0]?.plan?.resources.find(({ type }) => type === "lab_bucket");
        holds(
          bucket?.place?.file === `${folder}/main.tofu`,
          `it is seen where it stands: ${JSON.stringify(bucket?.place)}`,
        );
        const findings = items[0]?.findings.filter(
          ({ address, outcome }) => address !== undefined && outcome === "fail",
        );
        holds(
          findings?.every(({ place }) => place?.file === `${folder}/main.tofu`) === true,
          `only what tofu reads is judged: ${JSON.stringify(findings)}`,
        );
        await approve(lab.as("owner"), number);
        await merge(lab.as("owner"), number);
        const done = await applied(lab.as("owner"), number, [lab.as("owner")]);
        const run = await lab.as("owner").call(getRun, { params: { number: done.affected[0]?.run ?? 0 } });
        const line = archiveMain.split("\n").findIndex((text) => text.includes("encryption {")) + 1;
        holds(run.overridden.includes(`${folder}/main.tofu:${line}`), `it is told: ${run.overridden.join()}`);
        const resources = await lab
          .as("owner")
          .call(listStateResources, { params: { workspace: "archive/dev" }, query: {} });
        holds(JSON.stringify(resources).includes("lab_bucket"), "the server reads the state");
      },
    },
  ];
}

const tofuAddress = "registry.opentofu.org/lab/lab";
const networkEntry = "network: { path: components/network, layer: platform }";

/** The lab's provider under the address that tofu gives to `lab/lab`. */
function mirrorAsTofuRegistry(lab: LabWorld): void {
  const [, host = ""] = /provider "([^"]*)\/lab\/lab"/.exec(lab.lockFile) ?? [];
  cpSync(join(lab.mirror, host, "lab/lab"), join(lab.mirror, tofuAddress), { recursive: true });
}

const archiveMain = `terraform {
  encryption {
    key_provider "pbkdf2" "own" {
      passphrase = join("", [var.bucket, var.bucket, var.bucket])
    }
    method "aes_gcm" "own" {
      keys = key_provider.pbkdf2.own
    }
    state {
      method = method.aes_gcm.own
    }
    plan {
      method = method.aes_gcm.own
    }
  }
  required_providers {
    lab = {
      source  = "lab/lab"
      version = "0.1.0"
    }
  }
}
provider "lab" {}
variable "bucket" {
  type = string
}
resource "lab_bucket" "archive" {
  name       = var.bucket
  public     = false
  encrypted  = true
  versioning = true
}
output "bucket_id" {
  value = lab_bucket.archive.id
}
`;

function copy(clone: Clone, path: string): void {
  clone.write(`${path}/.keep`, "");
  clone.remove(path);
  cpSync(join(example, path), join(clone.folder, path), { recursive: true });
}

/** The repository's configuration with these components. */
export function plumblineYaml(components: string): string {
  return `version: 1
layers: [platform]
components: ${components}
environments: [dev]
engine: { name: tofu, version: ">= 1.6" }
`;
}
