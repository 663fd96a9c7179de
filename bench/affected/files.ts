import { environmentNames, layerOf } from "./model.ts";
import type { Component, Model, Module } from "./model.ts";

export const componentName = (index: number) => `c${String(index).padStart(4, "0")}`;
const moduleName = (index: number) => `m${String(index).padStart(3, "0")}`;
const dataFile = (index: number) => `data/d${String(index).padStart(3, "0")}.txt`;

/** The text of every file of a model, by path. `refs` are the commits of history that pins name. */
export function filesOf(model: Model, refs: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  const put = (path: string, text: string) => void files.set(path, text);
  put("README.md", `# Generated ${model.readme}\n`);
  put("plumbline.yaml", plumblineYaml(model));
  model.components.forEach((component, index) => {
    const folder = `components/${componentName(index)}`;
    put(`${folder}/main.tf`, mainTf(component.logic));
    put(`${folder}/calls.tf`, callsTf(component, "../../modules"));
    put(`${folder}/variables.tf`, `variable "environment" {\n  type = string\n}\n`);
    put(`${folder}/.terraform.lock.hcl`, lockFile(component.lock));
    if (component.notes > 0) put(`${folder}/notes.json`, `{ "notes": ${component.notes} }\n`);
  });
  model.modules.forEach((module, index) => {
    const folder = `modules/${moduleName(index)}`;
    put(`${folder}/main.tf`, mainTf(module.logic));
    put(`${folder}/calls.tf`, callsTf(module, ".."));
  });
  model.data.forEach((content, index) => put(dataFile(index), `${content}\n`));
  model.environments.forEach((environment, index) => {
    const folder = `environments/${environmentNames[index]}`;
    put(
      `${folder}/common.tfvars`,
      `environment = "${environmentNames[index]}-${environment.common}" # why: it differs\n`,
    );
    put(`${folder}/environment.yaml`, environmentYaml(environment, refs));
    put(`${folder}/sealed.yaml`, sealedYaml(environment));
    environment.own.forEach((value, component) => {
      if (value > 0) put(`${folder}/${componentName(component)}.tfvars`, `size = ${value} # why: as its load needs\n`);
    });
  });
  return files;
}

function mainTf(logic: number): string {
  return `# Revision ${logic}. A comment names "../../modules/m000" and means nothing.
resource "terraform_data" "this" {
  input = { revision = ${logic}, environment = "x-\${terraform.workspace}" }
}
`;
}

function callsTf({ calls, reads }: Component | Module, modules: string): string {
  return [
    ...calls.map((called) => `module "${moduleName(called)}" {\n  source = "${modules}/${moduleName(called)}"\n}\n`),
    ...reads.map(
      (read) =>
        `locals {\n  ${dataFile(read).replaceAll(/\W/g, "_")} = file("\${path.module}/../../${dataFile(read)}")\n}\n`,
    ),
  ].join("\n");
}

function lockFile(lock: number): string {
  return `provider "registry.terraform.io/hashicorp/aws" {
  version = "5.${lock}.0"
  hashes  = ["h1:${String(lock).padStart(43, "A")}="]
}
`;
}

function plumblineYaml(model: Model): string {
  const lines = model.components.map((component, index) => {
    const { dependsOn, extra } = component;
    const entries = [
      `path: components/${componentName(index)}`,
      `layer: ${layerOf(index)}`,
      ...(dependsOn.length === 0 ? [] : [`depends_on: [${dependsOn.map(componentName).join(", ")}]`]),
      ...(extra.length === 0 ? [] : [`modules: [${extra.map(dataFile).join(", ")}]`]),
    ];
    return `  ${componentName(index)}: { ${entries.join(", ")} }`;
  });
  return `version: 1
layers: [platform, shared, application]
components:
${lines.join("\n")}
environments: [${environmentNames.join(", ")}]
engine: { name: terraform, version: ">= 1.${model.engine}" }
`;
}

function environmentYaml(environment: Model["environments"][number], refs: readonly string[]): string {
  const { pin, componentPins, approvals } = environment;
  const lines = [`approvals: ${approvals}`];
  if (pin !== null || componentPins.size > 0) lines.push("pin:");
  if (pin !== null) lines.push(`  ref: ${refs[pin]}`);
  if (componentPins.size > 0) lines.push("  components:");
  for (const [component, to] of componentPins) lines.push(`    ${componentName(component)}: { ref: ${refs[to]} }`);
  return `${lines.join("\n")}\n`;
}

function sealedYaml({ sealed, sealedCommon }: Model["environments"][number]): string {
  const own = sealed.flatMap((version, component) =>
    version === 0 ? [] : [`${componentName(component)}:\n  password: { version: ${version} }`],
  );
  return [`common:\n  token: { version: ${sealedCommon} }`, ...own, ""].join("\n");
}
