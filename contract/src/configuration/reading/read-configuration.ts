import type { Configuration, Environment } from "../configuration.ts";
import { environmentFolders } from "./environment-folders.ts";
import type { ConfigurationProblem } from "../problem.ts";
import { compareProblems, problemAt } from "../problem.ts";
import { readComponents } from "./read-components.ts";
import { readEnvironment } from "./read-environment.ts";
import { readExports } from "./read-exports.ts";
import { readScope } from "./read-scope.ts";
import { RepositoryFile } from "../schemas/schemas.ts";
import { suggest } from "../suggestion.ts";
import { validateFile } from "./validate.ts";
import type { YamlFile } from "./yaml-file.ts";
import { quote, readYamlFile } from "./yaml-file.ts";

const mostProblems = 200;

/** What the reader may ask besides the files themselves. */
export interface ReadOptions {
  /** Whether the commit has a directory; without it, paths of components are not looked up. */
  hasDirectory?: (path: string) => boolean;
  /** Whether the commit has a file; without it, values files that components name are taken to be there. */
  hasFile?: (path: string) => boolean;
  /**
   * Names of the components that a pinned commit has, or undefined where unknown. Without an answer, names of
   * components in a pinned environment's files are not checked.
   */
  componentsAt?: (ref: string) => Iterable<string> | undefined;
}

/** What a commit says: the configuration, unless problems make it unusable. */
export interface ReadResult {
  configuration?: Configuration;
  /** Sorted by file and line. Every one is a failed check. */
  problems: ConfigurationProblem[];
}

/** Whether a path is one of the files that `readConfiguration` wants (values files by name only, their text is unused). */
export function isConfigurationFile(path: string): boolean {
  return (
    path === "plumbline.yaml" ||
    /^environments\/.+\/(?:environment\.yaml|sealed\.yaml|[^/]+\.tfvars(?:\.json)?)$/.test(path)
  );
}

/**
 * Reads the configuration files of one commit, given as path → text. Reports every mistake it finds with file, line and
 * proposal, and never throws for what the files say. There is a configuration only where there is no problem.
 */
export function readConfiguration(files: ReadonlyMap<string, string>, options: ReadOptions = {}): ReadResult {
  const problems: ConfigurationProblem[] = [];
  const configuration = read(files, options, problems);
  problems.sort(compareProblems);
  if (configuration === undefined || problems.length > 0) return { problems: problems.slice(0, mostProblems) };
  return { configuration, problems };
}

function read(
  files: ReadonlyMap<string, string>,
  options: ReadOptions,
  problems: ConfigurationProblem[],
): Configuration | undefined {
  const text = files.get("plumbline.yaml");
  if (text === undefined) {
    problems.push(
      problemAt(
        { file: "plumbline.yaml", line: 1, column: 1 },
        "the repository has no plumbline.yaml; it names layers, components, environments and engine",
      ),
    );
    return undefined;
  }
  const yaml = readYamlFile("plumbline.yaml", text);
  problems.push(...yaml.problems);
  const file = validateFile(yaml, RepositoryFile, problems);
  if (file === undefined) {
    explainBraces(text, problems);
    return undefined;
  }
  reportRepeated(yaml, "layers", file.layers, problems);
  reportRepeated(yaml, "environments", file.environments, problems);
  const components = readComponents(yaml, file, options, problems);
  const folders = environmentFolders(files, components, file.environments);
  reportFolders(yaml, file.environments, folders, problems);
  const environments = [...new Set(file.environments)].flatMap((name) => {
    const environment = readEnvironment(
      name,
      {
        components,
        componentsAt: (ref) => options.componentsAt?.(ref),
        text: (path) => files.get(path),
        hasFile: options.hasFile ?? (() => true),
        fileNames: folders.get(name) ?? [],
      },
      problems,
    );
    return environment === undefined ? [] : [environment];
  });
  reportRenames(environments, problems);
  const exported = file.exports === undefined ? {} : { exports: readExports(yaml, file.exports, components, problems) };
  const scope = file.scope === undefined ? {} : { scope: readScope(yaml, file.scope) };
  return { engine: file.engine, layers: file.layers, components, environments, ...exported, ...scope };
}

function reportRepeated(yaml: YamlFile, key: string, names: string[], problems: ConfigurationProblem[]): void {
  names.forEach((name, index) => {
    if (names.indexOf(name) < index)
      problems.push(problemAt(yaml.place([key, index]), `${quote(name)} stands in ${key} twice`));
  });
}

/** YAML reads a brace at the beginning of a value, or within `{ … }`, as one of its own. */
function explainBraces(text: string, problems: ConfigurationProblem[]): void {
  const lines = text.split("\n");
  for (const problem of problems)
    if (/\{(?:environment|component|client|short)\}/.test(lines[problem.line - 1] ?? ""))
      problem.message += '. A path with {…} needs quotes here: path: "live/{environment}/network"';
}

function reportFolders(
  yaml: YamlFile,
  listed: string[],
  folders: Map<string, string[]>,
  problems: ConfigurationProblem[],
): void {
  const complete = [...folders].filter(([, names]) => names.includes("environment.yaml")).map(([name]) => name);
  const unlisted = complete.filter((name) => !listed.includes(name));
  listed.forEach((name, index) => {
    if (complete.includes(name)) return;
    const message = `environment ${quote(name)} is listed, but there is no environments/${name}/environment.yaml`;
    problems.push(problemAt(yaml.place(["environments", index]), message, suggest(name, unlisted)));
  });
  for (const [name, names] of folders) {
    if (listed.includes(name)) continue;
    const first = names.includes("environment.yaml") ? "environment.yaml" : (names[0] ?? "");
    const place = { file: `environments/${name}/${first}`, line: 1, column: 1 };
    const message = `unknown environment ${quote(name)}: plumbline.yaml does not list it`;
    problems.push(problemAt(place, message, suggest(name, listed)));
  }
}

function reportRenames(environments: Environment[], problems: ConfigurationProblem[]): void {
  const names = new Set(environments.map((environment) => environment.name));
  const taken = new Map<string, string>();
  for (const { name, renamedFrom, places } of environments) {
    if (renamedFrom === undefined) continue;
    const place = places.renamed_from ?? places.environment;
    const at = { file: place.file, line: place.line, column: place.column ?? 1 };
    const other = taken.get(renamedFrom);
    if (names.has(renamedFrom))
      problems.push(problemAt(at, `${name} cannot be renamed from ${renamedFrom}: that environment still exists`));
    else if (other !== undefined)
      problems.push(problemAt(at, `${other} and ${name} cannot both be renamed from ${renamedFrom}`));
    taken.set(renamedFrom, name);
  }
}
