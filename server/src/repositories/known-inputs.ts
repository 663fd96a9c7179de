import type { Repository } from "@plumbline/contract/api/repositories";

/**
 * The same repositories, whose components name only what stands in them: somebody who sees clients' rows alone does not
 * learn of a component, or of a repository, by what takes its outputs.
 */
export function withKnownInputs(repositories: readonly Repository[]): Repository[] {
  const environments = new Map<string, ReadonlySet<string>>(
    repositories.flatMap(({ name, components }) =>
      components.map((component) => [`${name}:${component.name}`, new Set(component.environments)]),
    ),
  );
  return repositories.map((repository) => ({
    ...repository,
    components: repository.components.map((component) => {
      const isKnown = (other: string) => {
        const there = environments.get(other.includes(":") ? other : `${repository.name}:${other}`);
        return there !== undefined && component.environments.some((name) => there.has(name));
      };
      return {
        ...component,
        dependsOn: component.dependsOn.filter(isKnown),
        inputs: component.inputs.filter(({ from }) => isKnown(from.slice(0, from.lastIndexOf(".")))),
      };
    }),
  }));
}
