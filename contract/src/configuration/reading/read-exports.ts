import type { Component, Export } from "../configuration.ts";
import type { ConfigurationProblem } from "../problem.ts";
import { problemAt } from "../problem.ts";
import { suggest } from "../suggestion.ts";
import type { YamlFile } from "./yaml-file.ts";
import { quote } from "./yaml-file.ts";

/** Reads which outputs other repositories may take: of components that there are, each output once. */
export function readExports(
  yaml: YamlFile,
  given: Readonly<Record<string, readonly string[]>>,
  components: readonly Component[],
  problems: ConfigurationProblem[],
): Export[] {
  const names = components.map(({ name }) => name);
  return Object.entries(given).map(([component, outputs]) => {
    const at = ["exports", component];
    if (!names.includes(component))
      problems.push(problemAt(yaml.keyPlace(at), `unknown component ${quote(component)}`, suggest(component, names)));
    outputs.forEach((output, index) => {
      if (outputs.indexOf(output) < index)
        problems.push(problemAt(yaml.place([...at, index]), `${quote(output)} stands in exports.${component} twice`));
    });
    return { component, outputs: outputs.map((name, index) => ({ name, place: yaml.place([...at, index]) })) };
  });
}
