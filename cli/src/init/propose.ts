import { codeOwnersPaths, isConfigurationFile, readConfiguration } from "@plumbline/contract/configuration/index";
import { assignValues } from "./assign-values.ts";
import type { AssignedValues } from "./assign-values.ts";
import { readDirectories } from "./directory.ts";
import type { At } from "./directory.ts";
import { chooseEngine } from "./engine-choice.ts";
import { environmentFinder, inOrder } from "./environment-names.ts";
import type { FindEnvironment } from "./environment-names.ts";
import { findRoots } from "./find-roots.ts";
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
  const components = groupComponents(found.roots, findEnvironment);
  const values = assignValues([...texts.keys()].filter(isValues), components, findEnvironment);
  const named = [
    ...components.flatMap((one) => [...one.directories.keys()]),
    ...values.assigned.map((one) => one.environment),
    ...terragruntEnvironments(texts.keys(), findEnvironment),
  ];
  const environments = named.length === 0 ? ["prod"] : inOrder(named);
  const engine = chooseEngine(found.roots, texts.keys());
  const topology = { components, environments, assumedEnvironments: named.length === 0, engine };
  const possible = components.filter(({ blocked }) => blocked === undefined);
  const joined = valueFiles(values.assigned, texts, new Set(possible.map(({ name }) => name)));
  const owners = codeOwnersPaths.find((path) => texts.has(path)) ?? "CODEOWNERS";
  const files = [
    { path: "plumbline.yaml", text: plumblineText(topology) },
    ...environments.map((name) => ({
      path: `environments/${name}/environment.yaml`,
      text: environmentText(name),
    })),
    { path: owners, text: codeOwnersText(possible) },
    { path: "policies/plumbline-policy.yaml", text: policyText(environments) },
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
      ...configurationNotes(files, texts, all),
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
): { files: { path: string; text: string }[]; notes: Note[] } {
  const usable = assigned.filter(({ component }) => component === "common" || possible.has(component));
  const targets = Map.groupBy(
    usable,
    ({ environment, component }) => `environments/${environment}/${component}.tfvars`,
  );
  const json: At[] = [];
  const secrets: At[] = [];
  const files = [...targets].flatMap(([path, sources]) => {
    const readable = sources.filter(({ file }) => file !== path && !file.endsWith(".json"));
    json.push(...sources.filter(({ file }) => file.endsWith(".json")).map(({ file }) => ({ file, line: 1 })));
    if (readable.length === 0) return [];
    const joined = joinValues(
      readable.map(({ file }) => ({ file, text: texts.get(file) ?? "" })),
      path,
    );
    secrets.push(...joined.secrets);
    return [{ path, text: joined.text }];
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
