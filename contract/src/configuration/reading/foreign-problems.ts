import type { Component, Configuration, ForeignInput } from "../configuration.ts";
import { existsIn } from "../placement.ts";
import type { ConfigurationProblem } from "../problem.ts";
import { problemAt } from "../problem.ts";
import { suggest } from "../suggestion.ts";
import { sortByDependency } from "../topology.ts";
import { quote } from "./yaml-file.ts";

/** A repository of an organization as its main says it; undefined while main is empty or wrong. */
export interface NeighbourRepository {
  name: string;
  configuration: Configuration | undefined;
}

/**
 * What is wrong between a repository, as a change would make it, and the others of its organization: inputs that the
 * other one does not offer, outputs taken away from those who use them, and components that would need each other in a
 * circle. Each stands at the line of this repository that is to be corrected.
 */
export function foreignProblems(
  own: { name: string; configuration: Configuration },
  others: readonly NeighbourRepository[],
): ConfigurationProblem[] {
  return [...missingOffers(own, others), ...usersLeftBehind(own, others), ...circles(own, others)];
}

/** Name of a component for people of another repository: `platform:network`. */
function fullName(repository: string, component: string): string {
  return `${repository}:${component}`;
}

function missingOffers(
  own: { name: string; configuration: Configuration },
  others: readonly NeighbourRepository[],
): ConfigurationProblem[] {
  return own.configuration.components.flatMap((component) =>
    (component.foreignInputs ?? []).flatMap((input) => {
      const [message, proposal] = whyNotOffered(own, component, input, others) ?? [];
      return message === undefined ? [] : [problemAt(placeOf(input), message, proposal)];
    }),
  );
}

function whyNotOffered(
  own: { name: string; configuration: Configuration },
  component: Component,
  input: ForeignInput,
  others: readonly NeighbourRepository[],
): [message: string, proposal?: string | undefined] | undefined {
  const { repository, output } = input;
  if (repository === own.name) return [`an input from this repository is written ${input.component}.${output}`];
  const names = others.map(({ name }) => name);
  const other = others.find(({ name }) => name === repository);
  if (other === undefined) return [`there is no repository ${quote(repository)}`, suggest(repository, names)];
  if (other.configuration === undefined)
    return [`the plumbline.yaml on main of ${repository} cannot be read, so nothing can be taken from it`];
  const upstream = other.configuration.components.find(({ name }) => name === input.component);
  const offered = other.configuration.exports ?? [];
  const outputs = offered.find((one) => one.component === input.component)?.outputs.map(({ name }) => name);
  if (upstream === undefined || outputs === undefined)
    return [
      `${repository} offers nothing of ${quote(input.component)}: name it in exports there, on its main, first`,
      suggest(
        input.component,
        offered.map((one) => one.component),
      ),
    ];
  if (!outputs.includes(output))
    return [
      `${repository} does not offer ${quote(output)} of ${input.component}: name it in exports there, on its main, first`,
      suggest(output, outputs),
    ];
  const known = new Set(other.configuration.environments.map(({ name }) => name));
  const absent = own.configuration.environments
    .map(({ name }) => name)
    .filter((name) => existsIn(component, name) && !(known.has(name) && existsIn(upstream, name)));
  if (absent.length === 0) return undefined;
  return [
    `${component.name} takes ${output} of ${fullName(repository, input.component)}, which does not exist in ${absent.slice(0, 5).join(", ")}`,
  ];
}

/** Outputs that others take and that this repository would not offer any more. */
function usersLeftBehind(
  own: { name: string; configuration: Configuration },
  others: readonly NeighbourRepository[],
): ConfigurationProblem[] {
  const { exports = [], components } = own.configuration;
  const offered = new Set(exports.flatMap((one) => one.outputs.map(({ name }) => `${one.component}.${name}`)));
  const users = new Map<string, string[]>();
  for (const { name, configuration } of others)
    for (const component of configuration?.components ?? [])
      for (const input of component.foreignInputs ?? [])
        if (input.repository === own.name && !offered.has(`${input.component}.${input.output}`)) {
          const key = `${input.component}.${input.output}`;
          users.set(key, [...(users.get(key) ?? []), fullName(name, component.name)]);
        }
  return [...users].map(([taken, by]) => {
    const [upstream = ""] = taken.split(".");
    const place = exports.find((one) => one.component === upstream)?.outputs[0]?.place;
    const at = place ?? components.find(({ name }) => name === upstream)?.place ?? { file: "plumbline.yaml", line: 1 };
    const message = `${taken} is taken by ${by.slice(0, 5).join(", ")}: keep it in exports until they do without it`;
    return problemAt({ ...at, column: at.column ?? 1 }, message);
  });
}

function circles(
  own: { name: string; configuration: Configuration },
  others: readonly NeighbourRepository[],
): ConfigurationProblem[] {
  const takers = own.configuration.components.filter(({ foreignInputs = [] }) => foreignInputs.length > 0);
  if (takers.length === 0) return [];
  const nodes = [own, ...others.filter(({ name }) => name !== own.name)].flatMap(
    ({ name: repository, configuration }) =>
      (configuration?.components ?? []).map((component) => ({
        name: fullName(repository, component.name),
        dependsOn: [
          ...component.dependsOn.map((upstream) => fullName(repository, upstream)),
          ...(component.foreignInputs ?? []).map((input) => fullName(input.repository, input.component)),
        ],
      })),
  );
  const { cycle } = sortByDependency(nodes);
  if (cycle === undefined) return [];
  const input = takers
    .filter(({ name }) => cycle.includes(fullName(own.name, name)))
    .flatMap(({ foreignInputs = [] }) => foreignInputs)
    .find((one) => cycle.includes(fullName(one.repository, one.component)));
  // A circle among others is not this change's.
  if (input === undefined) return [];
  return [
    problemAt(
      placeOf(input),
      `components of several repositories depend on each other in a circle: ${cycle.join(" → ")}`,
    ),
  ];
}

function placeOf({ place }: ForeignInput): { file: string; line: number; column: number } {
  return { file: place.file, line: place.line, column: place.column ?? 1 };
}
