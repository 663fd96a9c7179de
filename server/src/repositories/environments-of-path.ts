import type { Configuration } from "@plumbline/contract/configuration/configuration";
import { directoryIn, existsIn } from "@plumbline/contract/configuration/placement";
import { fillTemplate } from "@plumbline/contract/configuration/template";
import { isRuleFile } from "@plumbline/engine/sources/beside-the-code";

/**
 * The environments that a file belongs to, and to nothing else. Several where they share it (`live/{client}/…`), none
 * where it belongs to all alike: code that is written once, rules of the repository, and what no environment reads.
 */
export type EnvironmentsOfPath = (path: string) => readonly string[];

/** Whose a directory or a values file is: of these environments; null: of all alike, wherever a component exists now. */
type Whose = Set<string> | null;

/**
 * Tells it by what a configuration says: by the folders of its environments, and by each `path` and `values` that has
 * a placeholder for the environment. `environments/<client>/<name>/` is that environment's also before the configuration names it.
 */
export function environmentsOfPath(configuration: Configuration | undefined): EnvironmentsOfPath {
  // Where one environment's folder lies in another's, a file is of the inner one.
  const folders = (configuration?.environments ?? []).toSorted((left, right) => right.path.length - left.path.length);
  let read: ReturnType<typeof placesOf> | undefined;
  return (path) => {
    const folder = folders.find((one) => path.startsWith(`${one.path}/`))?.name ?? clientFolder(path);
    if (folder !== undefined) return [folder];
    if (configuration === undefined || isRuleFile(path)) return [];
    read ??= placesOf(configuration);
    // A values file is no code, wherever it lies.
    const values = read.values.get(path);
    return namesOf(values === undefined ? above(path).map((one) => read?.directories.get(one)) : [values]);
  };
}

/** The client's environment in whose folder a file lies: `globex/prod` of `environments/globex/prod/network.tfvars`. */
function clientFolder(path: string): string | undefined {
  const [root, client, name, ...rest] = path.split("/");
  if (root !== "environments" || client === undefined || name === undefined || rest.length === 0) return undefined;
  return `${client}/${name}`;
}

function placesOf({ components, environments }: Configuration) {
  const directories = new Map<string, Whose>();
  const values = new Map<string, Whose>();
  for (const component of components)
    for (const { name } of environments.filter((environment) => existsIn(component, environment.name))) {
      add(directories, directoryIn(component, name), isOfEnvironment(component.path) ? name : null);
      for (const template of component.values ?? [])
        add(values, fillTemplate(template, component.name, name), isOfEnvironment(template) ? name : null);
    }
  return { directories, values };
}

/** Whether a path stands for another place in another environment. */
function isOfEnvironment(template: string): boolean {
  return /\{(?:environment|client|short)\}/.test(template);
}

function add(places: Map<string, Whose>, path: string, environment: string | null): void {
  const known = places.get(path);
  if (known === null) return;
  places.set(path, environment === null ? null : (known ?? new Set()).add(environment));
}

/** The directories that a file lies in, the repository itself among them. */
function above(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return [".", ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
}

function namesOf(found: readonly (Whose | undefined)[]): string[] {
  return found.includes(null) ? [] : [...new Set(found.flatMap((one) => [...(one ?? [])]))];
}
