import type { Patch } from "@plumbline/contract/findings";
import { scan } from "../scan/scan.ts";
import type { ScanOptions, ScanSubject } from "../scan/scan-input.ts";
import { parseSource } from "../sources/parse-source.ts";
import { applyPatches } from "./apply-patches.ts";

/** Patches that touch the same lines are applied one after the other; more rounds than this have no end. */
const mostRounds = 25;

/** Sources with everything mended that is mechanical. */
export interface MendedSources {
  /** Path → new text of those that changed. */
  files: Map<string, string>;
  /** How many patches were applied. */
  patches: number;
}

/**
 * Applies the patches of what a directory's scan finds until it finds none with a patch. A file that would not parse any more
 * stays as it was.
 */
export async function mendSources(subject: ScanSubject, options: ScanOptions): Promise<MendedSources> {
  // Only our own rules make patches.
  const { rego: _, ...own } = options;
  const files = new Map(subject.files);
  const refused = new Set<string>();
  let patches = 0;
  for (let round = 0; round < mostRounds; round++) {
    const { findings } = await scan({ ...subject, files }, own);
    const found = Map.groupBy(
      distinct(findings.flatMap(({ patch }) => (patch ? [patch] : []))).filter(({ file }) => !refused.has(file)),
      ({ file }) => file,
    );
    if (found.size === 0) break;
    for (const [path, all] of found) {
      const before = files.get(path) ?? "";
      const { text, applied } = applyPatches(before, all);
      if (text === before || parseSource(path, text).errors.length > 0) refused.add(path);
      else {
        files.set(path, text);
        patches += applied.length;
      }
    }
  }
  return { files: new Map([...files].filter(([path, text]) => subject.files.get(path) !== text)), patches };
}

/** Instances of one module say the same of the same lines. */
function distinct(patches: readonly Patch[]): Patch[] {
  return [...new Map(patches.map((patch) => [JSON.stringify(patch), patch])).values()];
}
