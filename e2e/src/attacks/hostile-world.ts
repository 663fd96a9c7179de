import { createRepository } from "@plumbline/contract";
import { plansOf, pushForReview } from "../world/acts.ts";
import type { LabWorld } from "../world/lab-world.ts";

const repository = "shop";

/** The rules of a repository with one environment, on main. */
export async function seedRules(lab: LabWorld): Promise<void> {
  await lab.as("platform").call(createRepository, { body: { name: repository } });
  const rules = await lab.clone("platform", repository);
  rules.write("CODEOWNERS", "* @owner @owner2\n");
  rules.write("plumbline.yaml", configuration([]));
  rules.write("environments/dev/environment.yaml", "approvals: 1\ncredentials: dev\n");
  await rules.commit("Set the rules");
  await rules.must("push", "origin", "HEAD:refs/heads/main");
}

/** Pushes a component by dev, and answers the pull request's number once it is planned. */
export async function propose(
  lab: LabWorld,
  component: { name: string; code: string; files?: Record<string, string> },
): Promise<number> {
  const clone = await lab.clone("dev", repository);
  clone.write("plumbline.yaml", configuration([component.name]));
  clone.write(`components/${component.name}/main.tf`, component.code);
  for (const [path, text] of Object.entries(component.files ?? {})) clone.write(path, text);
  await clone.commit(`Bring ${component.name}`);
  const number = await pushForReview(clone, { topic: component.name });
  await plansOf(lab.as("owner"), number);
  return number;
}

function configuration(components: readonly string[]): string {
  const declared = components.map((name) => `  ${name}: { path: components/${name}, layer: platform }\n`).join("");
  const list = declared === "" ? "components: {}\n" : `components:\n${declared}`;
  return `version: 1\nlayers: [platform]\n${list}environments: [dev]\nengine: { name: terraform, version: ">= 1.6" }\n`;
}
