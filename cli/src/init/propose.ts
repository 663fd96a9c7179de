import { codeOwnersPaths, isConfigurationFile, readConfiguration } from "@plumbline/contract/configuration/index";
import { assignValues } from "./assign-values.ts";
import type { AssignedValues } from "./assign-values.ts";
import { readDirectories } from "./directory.ts";
import type { At } from "./directory.ts";
import { chooseEngine } from "./engine-choice.ts";
import { environmentFinder, inOrder } from "./environment-names.ts";
import type { FindEnvironment } from "./environment-names.ts";
import { findRoots } from "./find-roots.ts";
import { generalize } from "./generalize.ts";
import type { Generalized } from "./generalize.ts";
import { groupComponents } from "./group-components.ts";
import type { Candidate } from "./group-components.ts";
import { simpleName } from "./names.ts";
import { notesOn } from "./notes.ts";
import type { Note, Proposal, ProposedFile } from "./proposal.ts";
import { codeOwnersText, environmentText, plumblineText, policyText } from "./texts.ts";
import { joinValues } from "./values-text.ts";

/** What was read of a checkout: texts by path, and all its directories. */
export interface Checkout {
  texts: ReadonlyMap<string, string>;
  directories: ReadonlySet<string>;
}

/** Proposes configuration files for a checkout; reads nothing and writes nothing itself. */
export function propose({ texts, directories: all }: Checkout): Proposal {
  const directories = readDirectories(texts);
  const findEnvironment = environmentFinder(all);
  const found = findRoots(directories, texts.keys(), findEnvironment);
  const grouped = groupComponents(found.roots, findEnvironment);
  const values = assignValues([...texts.keys()].filter(isValues), grouped, findEnvironment);
  const named = [
    ...grouped.flatMap((one) => [...one.directories.keys()]),
    ...values.assigned.map((one) => one.environment),
    ...terragruntEnvironments(texts.keys(), findEnvironment),
  ];
  const environments = named.length === 0 ? ["prod"] : inOrder(named);
  const made = generalizeAll(grouped, environments, all);
  const components = grouped.map((one) => {
    const path = made.get(one.name)?.path;
    return path === undefined ? one : { ...one, path, blocked: undefined };
  });
  const engine = chooseEngine(found.roots, texts.keys());
  for (const { name, directories: own } of grouped) {
    const asked = [...own.values()].map(({ path }) => engine.others.get(path)).find((version) => version !== undefined);
    const path = made.get(name)?.path;
    if (asked !== undefined && path !== undefined) engine.others.set(path, asked);
  }
  const topology = { components, environments, assumedEnvironments: named.length === 0, engine };
  const possible = components.filter(({ blocked }) => blocked === undefined);
  const joined = valueFiles(values.assigned, texts, new Set(possible.map(({ name }) => name)), made);
  const owners = codeOwnersPaths.find((path) => texts.has(path)) ?? "CODEOWNERS";
  const files = [
    { path: "plumbline.yaml", text: plumblineText(topology) },
    ...environments.map((name) => ({
      path: `environments/${name}/environment.yaml`,
      text: environmentText(name),
    })),
    { path: owners, text: codeOwnersText(possible) },
    { path: "policies/plumbline-policy.yaml", text: policyText(environments) },
    ...[...made.values()].flatMap((one) => one.files),
    ...joined.files.toSorted((left, right) => (left.path < right.path ? -1 : 1)),
  ].map(({ path, text }): ProposedFile => {
    const there = texts.get(path);
    return there === undefined ? { path, state: "new", text } : { path, state: "kept", text: there };
  });
  return {
    rootModules: found.roots.length,
    modules: found.modules.length,
    components: components.map(({ name, path, blocked }) => ({
      name,
      path,
      possible: blocked === undefined,
    })),
    environments,
    files,
    notes: [
      ...configurationNotes(files, texts, new Set([...all, ...[...made.values()].map(({ path }) => path)])),
      ...madeNotes(grouped, made),
      ...notesOn({
        directories,
        roots: found.roots,
        examples: found.examples,
        components,
        open: values.open,
        texts,
      }),
      ...everywhereNotes(possible, values.assigned, environments),
      ...joined.notes,
    ],
  };
}

function isValues(path: string): boolean {
  return /\.tfvars(?:\.json)?$/.test(path) && !/(?:^|[/._-])(?:example|sample|template)s?[./_-]/i.test(path);
}

/** Components that nothing ties to an environment would run in each. */
function everywhereNotes(
  possible: readonly Candidate[],
  assigned: readonly AssignedValues[],
  environments: readonly string[],
): Note[] {
  const withValues = new Set(assigned.map(({ component }) => component));
  const loose = possible.filter(({ name, directories }) => directories.size === 0 && !withValues.has(name));
  if (loose.length === 0 || environments.length < 2) return [];
  return [
    {
      level: "todo",
      message: `Nothing says which environment these are for; Plumbline runs each in all ${environments.length}.`,
      next: "Give each its values by environment; what exists only once belongs into a repository with one environment.",
      places: loose.map(({ path }) => ({ file: path, line: 1 })),
    },
  ];
}

function terragruntEnvironments(paths: Iterable<string>, findEnvironment: FindEnvironment): string[] {
  return [...paths].flatMap((path) => {
    if (!path.endsWith("/terragrunt.hcl")) return [];
    const words = path.split("/").slice(0, -1);
    const index = findEnvironment(words);
    return index === undefined ? [] : [simpleName(words[index] ?? "")];
  });
}

function valueFiles(
  assigned: readonly AssignedValues[],
  texts: ReadonlyMap<string, string>,
  possible: ReadonlySet<string>,
  made: ReadonlyMap<string, Generalized>,
): { files: { path: string; text: string }[]; notes: Note[] } {
  const usable = assigned.filter(({ component }) => component === "common" || possible.has(component));
  const targets = Map.groupBy(
    usable,
    ({ environment, component }) => `environments/${environment}/${component}.tfvars`,
  );
  const json: At[] = [];
  const secrets: At[] = [];
  const added = new Map<string, string[]>();
  for (const [component, { values }] of made)
    for (const [environment, lines] of values) added.set(`environments/${environment}/${component}.tfvars`, lines);
  const paths = new Set([...targets.keys(), ...added.keys()]);
  const files = [...paths].flatMap((path) => {
    const sources = targets.get(path) ?? [];
    const lines = added.get(path) ?? [];
    const readable = sources.filter(({ file }) => file !== path && !file.endsWith(".json"));
    json.push(...sources.filter(({ file }) => file.endsWith(".json")).map(({ file }) => ({ file, line: 1 })));
    if (readable.length === 0 && lines.length === 0) return [];
    const joined = joinValues(
      readable.map(({ file }) => ({ file, text: texts.get(file) ?? "" })),
      path,
    );
    secrets.push(...joined.secrets);
    const more = lines.length === 0 ? "" : `# What was written out in its code:\n${lines.join("\n")}\n`;
    return [{ path, text: joined.text + more }];
  });
  const notes: Note[] = [
    {
      level: "todo",
      message: "Values look like secrets; in Git everybody can read them. They were left out of the proposed files.",
      next: "Set them sealed (plumb variables set NAME --environment E --component C), take them out here and replace them.",
      places: secrets,
    },
    {
      level: "todo",
      message: "Values are written as JSON, and Plumbline reads values from .tfvars files only.",
      next: "Write them as HCL into environments/<environment>/<component>.tfvars.",
      places: json,
    },
  ];
  return { files, notes: notes.filter(({ places }) => places.length > 0) };
}

/** Makes one code of directories that differ in written-out values only, where there is one for each environment. */
function generalizeAll(
  grouped: readonly Candidate[],
  environments: readonly string[],
  directories: ReadonlySet<string>,
): Map<string, Generalized> {
  const made = new Map<string, Generalized>();
  for (const { name, blocked, directories: own } of grouped) {
    if (blocked?.differs !== true || environments.some((environment) => !own.has(environment))) continue;
    const one = directories.has(`components/${name}`) ? undefined : generalize(name, own);
    if (one !== undefined) made.set(name, one);
  }
  return made;
}

function madeNotes(grouped: readonly Candidate[], made: ReadonlyMap<string, Generalized>): Note[] {
  return grouped.flatMap(({ name, directories }): Note[] => {
    const one = made.get(name);
    if (one === undefined) return [];
    return [
      {
        level: "todo",
        message: `${one.path} is one code made of ${directories.size} directories; they differ in values that are written out.`,
        next: "Compare it with them. Remove them when its plans of the taken-over states show no change.",
        places: [...directories.values()].map(({ path }) => ({ file: path, line: 1 })),
      },
    ];
  });
}

/** What would still be wrong with the files written: what `plumb validate` would say of them. */
function configurationNotes(
  files: readonly ProposedFile[],
  texts: ReadonlyMap<string, string>,
  directories: ReadonlySet<string>,
): Note[] {
  const written = new Map([...texts].filter(([path]) => isConfigurationFile(path)));
  for (const { path, text } of files) if (isConfigurationFile(path)) written.set(path, text);
  const { problems } = readConfiguration(written, {
    hasDirectory: (path) => path === "." || directories.has(path),
  });
  return problems.map(({ file, line, message }) => ({
    level: "problem",
    message,
    next: file.startsWith("environments/")
      ? "Plumbline reads environments/ by itself: move this file elsewhere, or name it as a component."
      : "Correct the line.",
    places: [{ file, line }],
  }));
}
