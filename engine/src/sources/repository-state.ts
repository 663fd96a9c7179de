import type {
  Component,
  ComponentInput,
  Configuration,
  Environment,
} from "@plumbline/contract/configuration/configuration";
import { pinOf } from "@plumbline/contract/configuration/configuration";
import { directoryIn, existsIn, nameThere } from "@plumbline/contract/configuration/placement";
import { sortByDependency } from "@plumbline/contract/configuration/topology";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { TreeSnapshot } from "./tree.ts";

/** A commit with what its configuration files say. */
export interface CodeSnapshot extends TreeSnapshot {
  configuration: Configuration;
}

/**
 * What main (or a trial merge) says everything is: `environments/`, policies and rules are read from `values`;
 * components, modules and lock files of a pinned environment from the commit of its pin.
 */
export interface RepositoryState {
  values: CodeSnapshot;
  /** The pinned commits by their full id. An environment with a pin that is missing here has no workspaces. */
  pinned: ReadonlyMap<string, CodeSnapshot>;
}

/** One component in one environment, pins followed. */
export interface Workspace {
  name: string;
  component: Component;
  environment: Environment;
  /** The component's directory in this environment. */
  directory: string;
  /** The commit that its code, and its entry in plumbline.yaml, come from. */
  code: CodeSnapshot;
  /** The pin's commit; undefined where it follows main. */
  ref?: string;
  /** Names of workspaces of the same environment that exist. */
  dependsOn: string[];
  inputs: ComponentInput[];
}

/** All workspaces, pins followed: environments in order of promotion, inside one in dependency order. */
export function resolveWorkspaces(state: RepositoryState): Workspace[] {
  return state.values.configuration.environments.flatMap((environment) => {
    const found = componentsOf(state, environment);
    const names = new Set(found.map(({ component }) => component.name));
    const workspaces = found.map(({ component, code, ref }): Workspace => ({
      name: workspaceName(component.name, environment.name),
      component,
      environment,
      directory: directoryAt(code.configuration, component, environment),
      code,
      ...(ref === undefined ? {} : { ref }),
      dependsOn: component.dependsOn
        .filter((upstream) => names.has(upstream))
        .map((upstream) => workspaceName(upstream, environment.name)),
      inputs: component.inputs,
    }));
    return sortByDependency(workspaces).sorted;
  });
}

/** Whether a commit has the component in an environment, by the name it has there. */
export function existsAt(code: Configuration, component: Component, environment: Environment): boolean {
  return existsIn(component, nameThere(code, environment));
}

/** The component's directory in an environment at a commit, by the name it has there. */
export function directoryAt(code: Configuration, component: Component, environment: Environment): string {
  return directoryIn(component, nameThere(code, environment));
}

/** Commits that pins name and that the state does not hold. */
export function missingPins(values: Configuration, pinned: ReadonlyMap<string, unknown>): string[] {
  const refs = values.environments.flatMap((environment) =>
    [environment.pin, ...environment.componentPins].flatMap((pin) => (pin === undefined ? [] : [pin.ref])),
  );
  return [...new Set(refs)].filter((ref) => !pinned.has(ref));
}

interface Found {
  component: Component;
  code: CodeSnapshot;
  ref: string | undefined;
}

function componentsOf(state: RepositoryState, environment: Environment): Found[] {
  const own = environment.pin?.ref;
  const base = own === undefined ? state.values : state.pinned.get(own);
  const found = new Map<string, Found>();
  for (const component of base?.configuration.components ?? []) {
    if (base !== undefined && existsAt(base.configuration, component, environment))
      found.set(component.name, { component, code: base, ref: own });
  }
  for (const { component: name } of environment.componentPins) {
    const ref = pinOf(environment, name)?.ref;
    const code = ref === undefined ? undefined : state.pinned.get(ref);
    const component = code?.configuration.components.find((entry) => entry.name === name);
    if (code !== undefined && component !== undefined && existsAt(code.configuration, component, environment))
      found.set(name, { component, code, ref });
    // The component's pinned commit does not have it: nothing runs from another commit instead.
    else found.delete(name);
  }
  return [...found.values()];
}
