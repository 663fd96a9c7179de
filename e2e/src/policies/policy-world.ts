import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRepository, listPullRequestPlans } from "@plumbline/contract";
import type { Finding } from "@plumbline/contract";
import { applied, approve, merge, plansOf, pushForReview } from "../world/acts.ts";
import type { Clone } from "../world/git.ts";
import { startLabWorld } from "../world/lab-world.ts";
import type { LabWorld } from "../world/lab-world.ts";

/** The repository whose one workspace is `shop/dev`. */
const repository = "shop";
export const workspace = "shop/dev";
export const code = "components/shop/main.tf";

/** A lab with a small shop that is applied: one private, encrypted bucket. */
export interface PolicyWorld {
  readonly lab: LabWorld;
  /** A clone of dev's, of main as it is now. */
  clone(name?: string): Promise<Clone>;
  /** The text of a file on the clone's disk. */
  read(clone: Clone, path: string): string;
  /** Pushes what was changed in a clone as a pull request of its topic, waits for its plans, answers its number. */
  propose(clone: Clone, topic: string, message: string): Promise<number>;
  /** The owner approves and merges, and it is applied. */
  carryThrough(number: number): Promise<void>;
  /** The findings of the workspace's newest plan in a pull request. */
  findingsOf(number: number): Promise<Finding[]>;
  stop(): Promise<void>;
}

const rules: Record<string, string> = {
  CODEOWNERS: "* @owner @owner2\n",
  "environments/dev/environment.yaml": "approvals: 1\ncredentials: dev\n",
  "policies/plumbline-policy.yaml": "version: 1\n",
};

const shop: Record<string, string> = {
  "environments/dev/shop.tfvars": 'bucket = "shop-pictures"\n',
  "components/shop/versions.tf": `terraform {
  required_providers {
    lab = {
      source  = "plumbline.internal/lab/lab"
      version = "0.1.0"
    }
  }
}
`,
  "components/shop/variables.tf": `variable "bucket" {
  description = "Name of the bucket with the pictures."
  type        = string
  nullable    = false
}
`,
  [code]: `resource "lab_bucket" "pictures" {
  name       = var.bucket
  public     = false
  encrypted  = true
  versioning = true
}
`,
};

/** plumbline.yaml of a repository with these components, for the engine of this machine. */
export function plumblineYaml(components: string, engine: string): string {
  return `version: 1
layers: [application]
components: ${components}
environments: [dev]
engine: { name: ${engine}, version: ">= 1.6" }
`;
}

/** Starts it in an empty folder. */
export async function startPolicyWorld(
  folder: string,
  engine: { name: "terraform" | "tofu"; path: string },
): Promise<PolicyWorld> {
  const lab = await startLabWorld({ folder, engine });
  const owner = lab.as("owner");
  const world: PolicyWorld = {
    lab,
    clone: (name = repository) => lab.clone("dev", name),
    read: (clone, path) => readFileSync(join(clone.folder, path), "utf8"),
    async propose(clone, topic, message) {
      await clone.commit(message);
      const number = await pushForReview(clone, { topic });
      await plansOf(owner, number);
      return number;
    },
    async carryThrough(number) {
      await approve(owner, number);
      await merge(owner, number);
      await applied(owner, number, [owner]);
    },
    async findingsOf(number) {
      const { items } = await owner.call(listPullRequestPlans, { params: { number }, query: { workspace } });
      return items.flatMap(({ findings }) => findings);
    },
    stop: () => lab.stop(),
  };
  try {
    await lab.as("platform").call(createRepository, { body: { name: repository } });
    const seed = await lab.clone("platform", repository);
    for (const [path, text] of Object.entries(rules)) seed.write(path, text);
    seed.write("plumbline.yaml", plumblineYaml("{}", engine.name));
    await seed.commit("Set the rules");
    await seed.must("push", "origin", "HEAD:refs/heads/main");
    const clone = await world.clone();
    for (const [path, text] of Object.entries(shop)) clone.write(path, text);
    clone.write("components/shop/.terraform.lock.hcl", lab.lockFile);
    clone.write(
      "plumbline.yaml",
      plumblineYaml("{ shop: { path: components/shop, layer: application } }", engine.name),
    );
    await world.carryThrough(await world.propose(clone, "shop", "Roll out the shop"));
    return world;
  } catch (error) {
    await lab.stop();
    throw error;
  }
}
