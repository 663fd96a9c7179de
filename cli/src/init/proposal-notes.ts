import { isConfigurationFile, readConfiguration } from "@plumbline/contract/configuration/reading/read-configuration";
import type { AssignedValues } from "./assign-values.ts";
import type { Generalized } from "./generalize.ts";
import { hasTemplate } from "./group-components.ts";
import type { Candidate } from "./group-components.ts";
import type { Note, ProposedFile } from "./proposal.ts";

/** Components that nothing ties to an environment would run in each. */
export function everywhereNotes(
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

/** Where each environment has its own code, and it is not the same. */
export function ownCodeNotes(possible: readonly Candidate[]): Note[] {
  return possible
    .filter((one) => hasTemplate(one) && one.differs.length > 0)
    .map(({ name, differs }) => ({
      level: "note",
      message: `The code of ${name} is not the same in each environment.`,
      next: "Nothing has to be done; the page on parity shows it. plumb init --one-code proposes one code where that is possible.",
      places: differs,
    }));
}

/** What to do with directories of which one code was made. */
export function madeNotes(grouped: readonly Candidate[], made: ReadonlyMap<string, Generalized>): Note[] {
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
export function configurationNotes(
  files: readonly ProposedFile[],
  texts: ReadonlyMap<string, string>,
  directories: ReadonlySet<string>,
): Note[] {
  const written = new Map([...texts].filter(([path]) => isConfigurationFile(path)));
  for (const { path, text } of files) if (isConfigurationFile(path)) written.set(path, text);
  const { problems } = readConfiguration(written, {
    hasDirectory: (path) => directories.has(path),
    hasFile: (path) => texts.has(path) || files.some((file) => file.path === path),
  });
  return problems.map(({ file, line, message }) => ({
    level: "problem",
    message,
    next: file.startsWith("environments/")
      ? "Plumbline reads environments/ by itself: move this file elsewhere, or name it as a component or in a component's values."
      : "Correct the line.",
    places: [{ file, line }],
  }));
}
