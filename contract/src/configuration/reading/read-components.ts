import type { Component, ComponentInput, ForeignInput } from "../configuration.ts";
import type { ConfigurationProblem } from "../problem.ts";
import { existsIn } from "../placement.ts";
import { problemAt } from "../problem.ts";
import { checkDirectories, checkValues, readPlacement } from "./read-placement.ts";
import type { Report } from "./read-placement.ts";
import { normalizeRepositoryPath } from "../repository-path.ts";
import type { RepositoryFile } from "../schemas/schemas.ts";
import { suggest } from "../suggestion.ts";
import { sortByDependency } from "../topology.ts";
import type { YamlFile, YamlPath } from "./yaml-file.ts";
import { quote } from "./yaml-file.ts";

/** Resolves the components of plumbline.yaml: checked against layers and each other, in dependency order. */
export function readComponents(
  yaml: YamlFile,
  file: RepositoryFile,
  tree: { hasDirectory?: ((path: string) => boolean) | undefined; hasFile?: ((path: string) => boolean) | undefined },
  problems: ConfigurationProblem[],
): Component[] {
  const names = Object.keys(file.components ?? {});
  const layerOf = new Map(Object.entries(file.components ?? {}).map(([name, entry]) => [name, entry.layer]));
  const components: Component[] = [];
  const report: Report = (path, message, proposal) => {
    problems.push(problemAt(yaml.place(path), message, proposal));
  };

  for (const [name, entry] of Object.entries(file.components ?? {})) {
    const at = ["components", name];
    if (name === "common") report(at, "a component cannot be named common: common.tfvars holds what all of them share");
    const layer = file.layers.indexOf(entry.layer);
    if (layer < 0) report([...at, "layer"], `unknown layer ${quote(entry.layer)}`, suggest(entry.layer, file.layers));

    const inputs: ComponentInput[] = [];
    const foreignInputs: ForeignInput[] = [];
    const upstreams: { name: string; path: YamlPath }[] = [];
    for (const [variable, reference] of Object.entries(entry.inputs ?? {})) {
      if (typeof reference !== "string") {
        foreignInputs.push({ variable, ...reference, place: yaml.place([...at, "inputs", variable]) });
        continue;
      }
      const [component = "", output = ""] = reference.split(".");
      inputs.push({ variable, component, output });
      upstreams.push({ name: component, path: [...at, "inputs", variable] });
    }
    entry.depends_on?.forEach((upstream, index) =>
      upstreams.push({ name: upstream, path: [...at, "depends_on", index] }),
    );
    for (const upstream of upstreams) {
      const upstreamLayer = layerOf.get(upstream.name);
      if (upstreamLayer === undefined)
        report(upstream.path, `unknown component ${quote(upstream.name)}`, suggest(upstream.name, names));
      else if (layer >= 0 && file.layers.indexOf(upstreamLayer) > layer)
        report(
          upstream.path,
          `${name} is in layer ${entry.layer} and cannot depend on ${upstream.name}, which is in the later layer ${upstreamLayer}`,
        );
    }
    if (entry.renamed_from !== undefined && layerOf.has(entry.renamed_from))
      report(
        [...at, "renamed_from"],
        `${name} cannot be renamed from ${entry.renamed_from}: that component still exists`,
      );

    const { file: source, line, column } = yaml.keyPlace(at);
    components.push({
      name,
      ...readPlacement(name, entry, file.environments, report),
      layer: entry.layer,
      inputs: inputs.toSorted((left, right) => (left.variable < right.variable ? -1 : 1)),
      ...(foreignInputs.length === 0
        ? {}
        : { foreignInputs: foreignInputs.toSorted((left, right) => (left.variable < right.variable ? -1 : 1)) }),
      dependsOn: [...new Set(upstreams.map((upstream) => upstream.name))].toSorted(),
      modules: [
        ...new Set((entry.modules ?? []).map((module) => normalizeRepositoryPath(module) ?? module)),
      ].toSorted(),
      engine: entry.engine ?? file.engine,
      ...(entry.renamed_from === undefined ? {} : { renamedFrom: entry.renamed_from }),
      place: { file: source, line, column },
    });
  }
  const places = { environments: file.environments, ...tree, report };
  checkDirectories(components, places);
  for (const component of components) checkValues(component, places);
  reportAbsentUpstreams(components, file.environments, report);
  reportSharedRenames(components, (name, message) => report(["components", name, "renamed_from"], message));
  return order(components, file.layers, (name, cycle) =>
    report(["components", name], `the components depend on each other in a circle: ${cycle.join(" → ")}`),
  );
}

/** An output is needed wherever the variable is; an order alone counts where both exist. */
function reportAbsentUpstreams(
  components: readonly Component[],
  environments: readonly string[],
  report: Report,
): void {
  const known = new Map(components.map((component) => [component.name, component]));
  for (const { name, inputs, ...own } of components)
    for (const { variable, component, output } of inputs) {
      const upstream = known.get(component);
      if (upstream?.environments === undefined) continue;
      const absent = environments.filter((one) => existsIn(own, one) && !existsIn(upstream, one));
      if (absent.length === 0) continue;
      const where = absent.slice(0, 5).join(", ");
      const message = `${name} takes ${output} of ${component}, which does not exist in ${where}`;
      report(["components", name, "inputs", variable], `${message}; ${name} can exist only where ${component} does`);
    }
}

function reportSharedRenames(components: Component[], report: (name: string, message: string) => void): void {
  const taken = new Map<string, string>();
  for (const { name, renamedFrom } of components) {
    if (renamedFrom === undefined) continue;
    const other = taken.get(renamedFrom);
    if (other !== undefined) report(name, `${other} and ${name} cannot both be renamed from ${renamedFrom}`);
    else taken.set(renamedFrom, name);
  }
}

function order(
  components: Component[],
  layers: string[],
  report: (name: string, cycle: string[]) => void,
): Component[] {
  const byLayer = components.toSorted((left, right) => layers.indexOf(left.layer) - layers.indexOf(right.layer));
  const { sorted, cycle } = sortByDependency(byLayer);
  if (cycle !== undefined) report(cycle[0] ?? "", cycle);
  return sorted;
}
