import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { evaluateDirectory } from "@plumbline/policy/evaluation/evaluate-directory";
import { planOfResources } from "@plumbline/policy/scan/plan-of-resources";

/** A plan that makes what a directory describes, as often as it takes for so many resources, as `show -json` prints it. */
export function repeatedPlan(folder: string, count: number): object {
  const names = readdirSync(folder).filter((name) => name.endsWith(".tf"));
  const files = new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  const { resources } = evaluateDirectory(files, { root: ".", variableFiles: [] });
  const copies = Array.from({ length: Math.ceil(count / resources.length) }, (_, copy) =>
    resources.map((resource) => {
      const name = `${resource.name}_${copy}`;
      return { ...resource, name, address: `${resource.type}.${name}` };
    }),
  );
  const all = copies.flat().slice(0, count);
  const planned = all.map(({ address, type, name, provider, values }) => {
    return { address, mode: "managed", type, name, provider_name: provider, schema_version: 0, values };
  });
  return {
    ...planOfResources(all, "create"),
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: planned } },
  };
}
