import { linesOfPatch } from "@plumbline/policy/gate/touched";
import type { ChangedLines } from "@plumbline/policy/gate/touched";
import type { RepositoryObjects } from "../forges/forge.ts";

/** Two commits each: where code and values come from. */
export interface Commits {
  codeCommit: string;
  valuesCommit: string;
}

/**
 * Which lines of the files a workspace reads differ from what was applied there last. Undefined for a file that is the
 * same. `isValuesFile` tells which of them come from the commit of the values.
 */
export async function changedLines(
  objects: Pick<RepositoryObjects, "diff">,
  applied: Commits,
  now: Commits,
  isValuesFile: (file: string) => boolean,
): Promise<(file: string) => ChangedLines | undefined> {
  const code = await patches(objects, applied.codeCommit, now.codeCommit);
  const same = applied.codeCommit === applied.valuesCommit && now.codeCommit === now.valuesCommit;
  const values = same ? code : await patches(objects, applied.valuesCommit, now.valuesCommit);
  const read = new Map<string, ChangedLines>();
  return (file) => {
    // A values file is none of the code, wherever it lies.
    const found = (isValuesFile(file) ? values : code).get(file);
    if (found === undefined) return undefined;
    const lines = read.get(file) ?? linesOfPatch(found.patch);
    read.set(file, lines);
    return lines;
  };
}

async function patches(
  objects: Pick<RepositoryObjects, "diff">,
  from: string,
  to: string,
): Promise<Map<string, { patch: string | null }>> {
  return from === to ? new Map() : new Map((await objects.diff(from, to)).map((file) => [file.path, file]));
}
