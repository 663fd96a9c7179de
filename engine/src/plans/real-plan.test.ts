import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedConfigurationEquals } from "./embedded-configuration.ts";
import { parsePlan } from "./plan.ts";
import { planCounts } from "./plan-counts.ts";
import { planDigest } from "./plan-digest.ts";
import { planText } from "./plan-text.ts";
import { planView } from "./plan-view.ts";
import { plannedOutputs } from "./planned-outputs.ts";
import { remainingChangesSubset } from "./remaining-changes.ts";
import type { RealPlan, RealTree } from "./testing/real-plan.ts";
import { engineOnPath, realTree } from "./testing/real-plan.ts";

const engine = engineOnPath();
const secret = "correct-horse-battery";
const main = `
variable "password" {
  sensitive = true
  default   = "${secret}"
}
variable "size" { default = "small" }
module "inner" {
  source = "../../modules/inner"
  at     = plantimestamp()
}
resource "terraform_data" "web" {
  input            = { big = 9007199254740993, size = var.size, auth = { token = var.password }, same = [1, 2] }
  triggers_replace = [var.size]
}
resource "terraform_data" "plain" { input = var.size }
output "password" {
  value     = var.password
  sensitive = true
}
output "id" { value = terraform_data.web.id }
output "size" { value = var.size }
`;
const inner = `
variable "at" {}
resource "terraform_data" "each" {
  for_each = toset(["a b", "c"])
  input    = "\${each.key} at \${var.at}"
}
`;

describe.skipIf(engine === undefined)("plans of a real engine", () => {
  let tree: RealTree;
  let create: RealPlan;
  let again: RealPlan;
  let update: RealPlan;
  const digest = (json: string) =>
    planDigest({
      inputTree: "t",
      inputValues: "v",
      engineHash: "e",
      providerHashes: {},
      plan: parsePlan(json),
      hmacKey: "k".repeat(32),
    });

  beforeAll(async () => {
    tree = realTree(engine ?? "", "components/shop");
    tree.write({
      "components/shop/main.tf": main,
      "modules/inner/main.tf": inner,
      "modules/inner/README.md": "not code",
    });
    create = tree.plan();
    // Times in plans have seconds.
    await setTimeout(1_100);
    again = tree.plan();
    tree.apply();
    await setTimeout(1_100);
    tree.write({ "components/shop/main.tf": main.replace('"small"', '"large"') });
    update = tree.plan();
  });
  afterAll(() => tree.remove());

  it("give the same digest when planned again at another time", () => {
    expect(parsePlan(create.json).timestamp).not.toBe(parsePlan(again.json).timestamp);
    expect(digest(again.json)).toBe(digest(create.json));
    expect(digest(update.json)).not.toBe(digest(create.json));
  });

  it("are counted", () => {
    expect(planCounts(parsePlan(create.json))).toMatchObject({ add: 4, change: 0, replace: 0, destroy: 0, outside: 0 });
    expect(planCounts(parsePlan(update.json))).toMatchObject({ add: 0, change: 3, replace: 1, destroy: 0 });
  });

  it("are shown without secrets, with changed attributes only", () => {
    const view = planView(parsePlan(update.json));
    expect(JSON.stringify(view)).not.toContain(secret);
    const web = view.resources.find((resource) => resource.address === "terraform_data.web");
    expect(web).toMatchObject({
      action: "replace",
      reason: "replace_because_cannot_update",
      replacePaths: ["triggers_replace"],
    });
    expect(web?.attributes).toContainEqual({
      path: "input.size",
      change: "change",
      before: { kind: "value", text: '"small"' },
      after: { kind: "value", text: '"large"' },
      replaces: false,
    });
    expect(web?.attributes).toContainEqual(expect.objectContaining({ path: "id", after: { kind: "unknown" } }));
    expect(web?.attributes.map((attribute) => attribute.path)).not.toContain("input.big");
    expect(JSON.stringify(planView(parsePlan(create.json)))).toContain("9007199254740993");
  });

  it("are written as text like the engine's", () => {
    const text = planText(planView(parsePlan(update.json)));
    expect(text).toContain("# terraform_data.web must be replaced");
    expect(text).toContain('~     input.size = "small" -> "large"');
    expect(text).toContain("Plan: 0 to add, 3 to change, 1 to replace, 0 to destroy.");
    expect(text).not.toContain(secret);
    expect(planText(planView(parsePlan(update.json)), { markers: "diff" })).toMatch(/^! {5}input\.size/m);
  });

  it("tell the outputs they will leave", () => {
    expect(Object.fromEntries(plannedOutputs(parsePlan(create.json)))).toEqual({
      id: { known: false, sensitive: false },
      password: { known: true, sensitive: true, value: secret },
      size: { known: true, sensitive: false, value: "small" },
    });
  });

  it("the rest of a plan after half of it was applied counts as approved, another change does not", () => {
    expect(remainingChangesSubset(parsePlan(again.json), parsePlan(create.json))).toEqual({
      isSubset: true,
      unapproved: [],
    });
    expect(remainingChangesSubset(parsePlan(update.json), parsePlan(create.json)).unapproved).toContain(
      "terraform_data.web",
    );
    const half = { ...parsePlan(create.json) };
    half.resourceChanges = half.resourceChanges.slice(1);
    expect(remainingChangesSubset(half, parsePlan(create.json)).isSubset).toBe(true);
    expect(remainingChangesSubset(parsePlan(create.json), half).isSubset).toBe(false);
  });

  it("embed exactly the files they were made from", () => {
    const name = engine?.endsWith("tofu") === true ? "tofu" : "terraform";
    const compare = (files: Map<string, Uint8Array>) =>
      embeddedConfigurationEquals(update.savedPlan, { engine: name, directory: "components/shop", files }).differences;
    expect(compare(update.files)).toEqual([]);
    const bytes = new TextEncoder().encode("locals {}");
    const changed = (path: string, data?: Uint8Array) => {
      const files = new Map(update.files);
      if (data === undefined) files.delete(path);
      else files.set(path, data);
      return compare(files);
    };
    expect(changed("components/shop/main.tf", bytes)).toEqual(["components/shop/main.tf: differs from the tree"]);
    expect(changed("modules/inner/main.tf", bytes)).toEqual(["modules/inner/main.tf: differs from the tree"]);
    expect(changed("modules/inner/main.tf")).toEqual(["modules/inner/main.tf: not in the tree"]);
    expect(changed("components/shop/plumbline_override.tf", bytes)).toEqual([
      "components/shop/plumbline_override.tf: missing in the plan",
    ]);
    expect(changed("components/shop/.terraform.lock.hcl", bytes)).toEqual([
      "components/shop/.terraform.lock.hcl: the lock file differs",
    ]);
    expect(changed("modules/inner/README.md", bytes)).toEqual([]);
  });
});
