import type { ComponentInput, Configuration } from "./configuration.ts";
import { existsIn } from "./placement.ts";

/** One component in one environment, as the configuration of one commit says. Pins are not followed here. */
export interface ConfiguredWorkspace {
  /** `network/prod`; the environment's name may hold a slash itself: `network/globex/prod`. */
  name: string;
  component: string;
  environment: string;
  layer: string;
  /** Names of workspaces of the same environment. */
  dependsOn: string[];
  inputs: ComponentInput[];
}

/** `network/prod` for a component and an environment. */
export function workspaceName(component: string, environment: string): string {
  return `${component}/${environment}`;
}

/** `shop:network/prod`: workspaces of two repositories may have one name. */
export function fullWorkspaceName(repository: string, name: string): string {
  return `${repository}:${name}`;
}

/** Path of a workspace's page, by its name or its full one; slashes of an environment's name are kept. */
export function workspacePath(name: string): string {
  return `/workspaces/${name
    .split("/")
    .map((word) => encodeURIComponent(word).replace("%3A", ":"))
    .join("/")}`;
}

/** An input's origin for people: `network/prod.vpc_id`, or `platform:network/prod.vpc_id` from another repository. */
export function inputOrigin(
  { component, output, repository }: { component: string; output: string; repository?: string },
  environment: string,
): string {
  return `${repository === undefined ? "" : `${repository}:`}${workspaceName(component, environment)}.${output}`;
}

/** Component and environment of a workspace's name; undefined where it is not one. */
export function parseWorkspaceName(name: string): { component: string; environment: string } | undefined {
  const slash = name.indexOf("/");
  if (slash <= 0 || slash === name.length - 1) return undefined;
  return { component: name.slice(0, slash), environment: name.slice(slash + 1) };
}

/** All workspaces, each component where it exists: environments in order of promotion, inside one in dependency order. */
export function workspaces(configuration: Configuration): ConfiguredWorkspace[] {
  return configuration.environments.flatMap((environment) => {
    const here = configuration.components.filter((component) => existsIn(component, environment.name));
    const names = new Set(here.map((component) => component.name));
    return here.map((component) => ({
      name: workspaceName(component.name, environment.name),
      component: component.name,
      environment: environment.name,
      layer: component.layer,
      dependsOn: component.dependsOn
        .filter((upstream) => names.has(upstream))
        .map((upstream) => workspaceName(upstream, environment.name)),
      inputs: component.inputs,
    }));
  });
}
