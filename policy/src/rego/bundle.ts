import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../resources/json.ts";
import { entryPackage } from "./prepare.ts";
import type { Policy } from "./prepare.ts";
import type { Shape } from "./shapes.ts";

/**
 * Writes the policies as an OPA bundle, the one form in which a single process takes v0 and v1 side by side
 * (`file_rego_versions` of the manifest), with a module that asks every rule with every input it wants.
 */
export async function writeBundle(
  directory: string,
  policies: readonly Policy[],
  data: JsonObject = {},
): Promise<void> {
  await mkdir(directory);
  const versions = Object.fromEntries(policies.map((policy) => [`/${policy.file}`, policy.regoVersion]));
  const manifest = { rego_version: 0, file_rego_versions: { ...versions, "/entry.rego": 0 }, roots: [""] };
  await Promise.all([
    writeFile(join(directory, ".manifest"), JSON.stringify(manifest)),
    writeFile(join(directory, "entry.rego"), entryModule(policies)),
    writeFile(join(directory, "data.json"), JSON.stringify(data)),
    ...policies.map((policy) => writeFile(join(directory, policy.file), policy.text)),
  ]);
}

/** The rule that says what is exempted, as conftest calls it. */
export const exceptionRule = "exception";

interface Question {
  package: string;
  rule: string;
  shape: Shape;
}

/** Every rule with every input it wants; what a package exempts is asked with the inputs of all its rules. */
function questionsOf(policies: readonly Policy[]): Question[] {
  const questions = new Map<string, Question>();
  const ask = (question: Question): void => void questions.set(JSON.stringify(question), question);
  for (const { package: name, rules, shapes } of policies)
    for (const rule of rules) for (const shape of shapes) ask({ package: name, rule, shape });
  for (const { package: name } of policies.filter(({ exempts }) => exempts))
    for (const question of questions.values()) if (question.package === name) ask({ ...question, rule: exceptionRule });
  return [...questions.values()];
}

/**
 * `results` holds `[package, rule, position, value]`: the position of the resource, or one that stands for the shape of
 * the whole plan. With `rego.v1` imported the module reads the same in every version of OPA.
 */
function entryModule(policies: readonly Policy[]): string {
  const rules = questionsOf(policies).map(({ package: name, rule, shape }) => {
    const head = `${JSON.stringify(name)}, ${JSON.stringify(rule)}`;
    const value = `value := data.${name}.${rule} with input as`;
    switch (shape) {
      case "resource":
        return `results contains [${head}, position, value] if {\n\tsome position, resource in input.resources\n\t${value} resource\n}`;
      case "plan":
        return `results contains [${head}, -1, value] if {\n\t${value} input.plan\n}`;
      case "combined":
        return `results contains [${head}, -2, value] if {\n\t${value} [{"path": "plan.json", "contents": input.plan}]\n}`;
    }
  });
  return [`package ${entryPackage}`, "import rego.v1", "results contains [] if false", ...rules].join("\n\n");
}
