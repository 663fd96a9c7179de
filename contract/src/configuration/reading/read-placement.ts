import type { Component } from "../configuration.ts";
import { directoryIn, existsIn, matchesEnvironment } from "../placement.ts";
import { normalizeRepositoryPath } from "../repository-path.ts";
import type { RepositoryFile } from "../schemas/schemas.ts";
import { suggest } from "../suggestion.ts";
import { fillTemplate, isTemplate, templateMistakes } from "../template.ts";
import type { YamlPath } from "./yaml-file.ts";
import { quote } from "./yaml-file.ts";

/** Says what is wrong at a path of the file, and what could stand there. */
export type Report = (path: YamlPath, message: string, proposal?: string) => void;

type Entry = NonNullable<RepositoryFile["components"]>[string];

/** Where a component is, which environments it exists in and which files hold its values: as its entry says. */
export interface Placement {
  path: string;
  environments?: string[];
  values?: string[];
}

/** Reads one entry's `path`, `values` and `environments`, and what is wrong with each by itself. */
export function readPlacement(name: string, entry: Entry, environments: readonly string[], report: Report): Placement {
  const at = ["components", name];
  const template = (path: YamlPath, text: string): string => {
    for (const { message, proposal } of templateMistakes(text)) report(path, message, proposal);
    return normalizeRepositoryPath(text) ?? text;
  };
  entry.environments?.forEach((pattern, index) => {
    const place = [...at, "environments", index];
    if (entry.environments?.indexOf(pattern) !== index)
      report(place, `${quote(pattern)} stands in the environments of ${name} twice`);
    else if (!environments.some((environment) => matchesEnvironment(pattern, environment)))
      report(place, `unknown environment ${quote(pattern)}`, suggest(pattern, environments));
  });
  const listed = Array.isArray(entry.values);
  const values = [entry.values ?? []].flat().map((text, index) => {
    const place = listed ? [...at, "values", index] : [...at, "values"];
    if (!text.endsWith(".tfvars"))
      report(place, `${quote(text)} is no .tfvars file; values are read from those only, written as HCL`);
    return template(place, text);
  });
  return {
    path: template([...at, "path"], entry.path),
    ...(entry.environments === undefined ? {} : { environments: entry.environments }),
    ...(values.length === 0 ? {} : { values }),
  };
}

/** What the checks of places look things up in. */
interface Places {
  environments: readonly string[];
  hasDirectory?: ((path: string) => boolean) | undefined;
  hasFile?: ((path: string) => boolean) | undefined;
  report: Report;
}

/** Checks where components lie: each in a directory of its own, in every environment it exists in. */
export function checkDirectories(components: readonly Component[], { environments, hasDirectory, report }: Places) {
  const taken = new Map<string, string>();
  for (const component of components) {
    const at = ["components", component.name, "path"];
    if (templateMistakes(component.path).length > 0) continue;
    const directories = directoriesOf(component, environments);
    const shared = directories.find(({ directory }) => (taken.get(directory) ?? component.name) !== component.name);
    if (shared !== undefined) {
      const where = shared.environment === undefined ? "" : ` in ${shared.environment}`;
      const owner = taken.get(shared.directory) ?? "";
      report(at, `${owner} and ${component.name} have the same path ${quote(shared.directory)}${where}`);
    }
    for (const { directory } of directories) if (!taken.has(directory)) taken.set(directory, component.name);
    const message = withoutClient(directories) ?? misplaced(directories) ?? nested(directories);
    if (message !== undefined) report(at, message);
    else if (hasDirectory !== undefined) reportMissing(component, directories, hasDirectory, report);
  }
}

function directoriesOf(component: Component, environments: readonly string[]): Placed[] {
  // What is the same everywhere can be looked at even while no environment is listed.
  if (!isTemplate(component.path)) return [{ environment: undefined, directory: component.path }];
  return environments
    .filter((environment) => existsIn(component, environment))
    .map((environment) => ({ environment, directory: directoryIn(component, environment) }));
}

function withoutClient(directories: readonly Placed[]): string | undefined {
  const found = directories.find(({ directory }) => isTemplate(directory));
  if (found === undefined) return undefined;
  return `${found.environment} belongs to no client, which {client} stands for; name the environments that do: environments: [<client>/*]`;
}

interface Placed {
  /** Undefined where it lies at the same place in all of them. */
  environment: string | undefined;
  directory: string;
}

function misplaced(directories: readonly Placed[]): string | undefined {
  for (const { environment, directory } of directories) {
    if (directory !== "environments" && !directory.startsWith("environments/")) continue;
    const own = `environments/${environment ?? ""}`;
    if (environment === undefined || (directory !== own && !directory.startsWith(`${own}/`)))
      return "a component lies in environments/ only within its environment's own folder: environments/{environment}/…";
  }
  return undefined;
}

/** A directory of one environment within that of another would bring its code along. */
function nested(directories: readonly Placed[]): string | undefined {
  const known = new Map(directories.map(({ environment, directory }) => [directory, environment]));
  for (const { environment, directory } of directories)
    for (let end = directory.lastIndexOf("/"); end > 0; end = directory.lastIndexOf("/", end - 1)) {
      const above = directory.slice(0, end);
      if (known.has(above))
        return `its directory in ${known.get(above)}, ${quote(above)}, holds the one in ${environment}, ${quote(directory)}`;
    }
  return undefined;
}

function reportMissing(
  { name, path, environments }: Component,
  directories: readonly Placed[],
  hasDirectory: (path: string) => boolean,
  report: Report,
): void {
  // The root of the repository is always there.
  const missing = directories.filter(({ directory }) => directory !== "." && !hasDirectory(directory));
  const [first] = missing;
  if (first === undefined) return;
  const at = ["components", name, "path"];
  if (first.environment === undefined) return report(at, `there is no directory ${quote(first.directory)}`);
  if (missing.length === directories.length)
    return report(at, `${quote(path)} is a directory in no environment: there is no ${quote(first.directory)}`);
  const there = directories.filter((one) => !missing.includes(one)).map(({ environment }) => environment);
  const which = list(missing.map(({ environment = "" }) => environment));
  const next =
    environments === undefined
      ? `say so where ${name} exists in some environments only: environments: [${there.slice(0, 20).join(", ")}]`
      : `take ${which} out of its environments, or add the directory`;
  report(at, `there is no directory ${quote(first.directory)}, so ${name} has no code in ${which}; ${next}`);
}

/** Checks that the values files a component names are there wherever it exists. */
export function checkValues(component: Component, { environments, hasFile, report }: Places): void {
  if (hasFile === undefined) return;
  const { name } = component;
  const here = environments.filter((environment) => existsIn(component, environment));
  component.values?.forEach((template, index) => {
    if (!template.endsWith(".tfvars") || templateMistakes(template).length > 0) return;
    const missing = here.filter((environment) => !hasFile(fillTemplate(template, name, environment)));
    const [first] = missing;
    if (first === undefined) return;
    const where = isTemplate(template) ? `, where the values of ${name} in ${list(missing)} should be` : "";
    const message = `there is no file ${quote(fillTemplate(template, name, first))}${where}; one without values may be empty`;
    report(["components", name, "values", index], message);
  });
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
