import { codeOwnersPaths } from "@plumbline/contract/configuration/code-owners/code-owners";
import { assignValues } from "./assign-values.ts";
import { readDirectories } from "./directory.ts";
import { chooseEngine } from "./engine-choice.ts";
import { findClients } from "./clients.ts";
import type { WhereClientsAre } from "./clients.ts";
import { inOrder } from "./environment-names.ts";
import { environmentFinder } from "./find-environment.ts";
import type { FindEnvironment } from "./find-environment.ts";
import { findRoots } from "./find-roots.ts";
import { generalize } from "./generalize.ts";
import type { Generalized } from "./generalize.ts";
import { groupComponents, hasTemplate } from "./group-components.ts";
import type { Candidate } from "./group-components.ts";
import { notesOn } from "./notes.ts";
import type { Proposal, ProposedFile } from "./proposal.ts";
import { configurationNotes, everywhereNotes, madeNotes, ownCodeNotes } from "./proposal-notes.ts";
import { codeOwnersText, environmentText, plumblineText, policyText } from "./texts.ts";
import { isValues, valueFiles } from "./value-files.ts";
import { keepValues } from "./values-templates.ts";
import type { KeptValues } from "./values-templates.ts";

/** What was read of a checkout: texts by path, and all its directories. */
export interface Checkout {
  texts: ReadonlyMap<string, string>;
  directories: ReadonlySet<string>;
}

/**
 * Proposes configuration files for a checkout; reads nothing and writes nothing itself. `oneCode`: see `groupComponents`;
 * `where`: see `findClients`.
 */
export function propose({ texts, directories: all }: Checkout, oneCode: boolean, where?: WhereClientsAre): Proposal {
  const directories = readDirectories(texts);
  const valuePaths = [...texts.keys()].filter(isValues);
  const plain = environmentFinder(all, new Set());
  const clients = findClients(
    findRoots(directories, texts.keys(), plain).roots.map(({ path }) => path),
    valuePaths.map((path) => path.replace(/\.tfvars(?:\.json)?$/, "")),
    plain,
    where,
  );
  const findEnvironment = environmentFinder(all, clients.directories);
  const found = findRoots(directories, texts.keys(), findEnvironment);
  const grouped = groupComponents(found.roots, findEnvironment, oneCode);
  const values = assignValues(valuePaths, grouped, findEnvironment, clients.directories);
  const named = [
    ...grouped.flatMap((one) => [...one.directories.keys()]),
    ...values.assigned.map((one) => one.environment),
    ...terragruntEnvironments(texts.keys(), findEnvironment),
  ];
  const environments = named.length === 0 ? ["prod"] : inOrder(named);
  const made = oneCode ? generalizeAll(grouped, environments, all) : new Map<string, Generalized>();
  const components = grouped.map((one) => {
    const path = made.get(one.name)?.path;
    return path === undefined ? one : { ...one, path, blocked: undefined };
  });
  const engine = chooseEngine(found.roots, texts.keys());
  for (const { name, directories: own } of grouped) {
    const asked = [...own.values()].map(({ path }) => engine.others.get(path)).find((version) => version !== undefined);
    const path = made.get(name)?.path ?? grouped.find((one) => one.name === name && hasTemplate(one))?.path;
    if (asked !== undefined && path !== undefined) engine.others.set(path, asked);
  }
  const possible = components.filter(({ blocked }) => blocked === undefined);
  const kept = oneCode ? new Map<string, KeptValues>() : keepValues(possible, values.assigned);
  const existing = new Map(components.map((one) => [one.name, whereItExists(one, kept.get(one.name), environments)]));
  const topology = { components, environments, assumedEnvironments: named.length === 0, engine, kept, existing };
  const joined = valueFiles(values.assigned, texts, new Set(possible.map(({ name }) => name)), made, kept);
  const owners = codeOwnersPaths.find((path) => texts.has(path)) ?? "CODEOWNERS";
  const files = [
    { path: "plumbline.yaml", text: plumblineText(topology) },
    ...environments.map((name) => ({
      path: `environments/${name}/environment.yaml`,
      text: environmentText(name),
    })),
    { path: owners, text: codeOwnersText(possible, environments) },
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
      environments: existing.get(name) ?? environments,
      possible: blocked === undefined,
    })),
    environments,
    files,
    notes: [
      ...configurationNotes(files, texts, new Set([...all, ...[...made.values()].map(({ path }) => path)])),
      ...clients.notes,
      ...madeNotes(grouped, made),
      ...ownCodeNotes(possible),
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

/** The environments a component exists in; undefined where that is all of them. */
function whereItExists(
  { directories }: Candidate,
  kept: KeptValues | undefined,
  environments: readonly string[],
): string[] | undefined {
  const there = directories.size > 0 ? [...directories.keys()] : (kept?.environments ?? environments);
  const here = environments.filter((environment) => there.includes(environment));
  return here.length < environments.length ? here : undefined;
}

function terragruntEnvironments(paths: Iterable<string>, findEnvironment: FindEnvironment): string[] {
  return [...paths].flatMap((path) => {
    if (!path.endsWith("/terragrunt.hcl")) return [];
    const environment = findEnvironment(path.split("/").slice(0, -1));
    return environment === undefined ? [] : [environment.name];
  });
}

/** Makes one code of directories that differ in written-out values only, where there is one for each environment. */
function generalizeAll(
  grouped: readonly Candidate[],
  environments: readonly string[],
  directories: ReadonlySet<string>,
): Map<string, Generalized> {
  const made = new Map<string, Generalized>();
  for (const { name, differs, directories: own } of grouped) {
    if (differs.length === 0 || environments.some((environment) => !own.has(environment))) continue;
    const one = directories.has(`components/${name}`) ? undefined : generalize(name, own);
    if (one !== undefined) made.set(name, one);
  }
  return made;
}
