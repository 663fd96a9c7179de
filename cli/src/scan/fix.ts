import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { mendSources } from "@plumbline/policy/fixes/mend-sources";
import { unifiedDiff } from "@plumbline/policy/fixes/unified-diff";
import type { ScanOptions, ScanSubject } from "@plumbline/policy/scan/scan-input";
import type { ScanFailure } from "@plumbline/policy/scan/scan-report";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { plural } from "../terminal/words.ts";

/** Says why what was named cannot be mended: only a directory's own files are what is judged again. */
export function requireSources({ kind }: ScanSubject): void {
  if (kind !== "directory")
    throw new UsageFault(
      `--fix and --diff change sources, and this is a ${kind}.`,
      "Name the directory of the sources; then plan again.",
    );
}

/** What `--fix` would change, as a unified diff. */
export async function diffOf(subject: ScanSubject, options: ScanOptions): Promise<string> {
  const { files } = await mendSources(subject, options);
  return [...files]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, text]) => unifiedDiff(path, subject.files.get(path) ?? "", text))
    .join("");
}

/** Writes what mends findings; answers the sources as they are then, and what could not be written. */
export async function fix(
  context: Context,
  subject: ScanSubject,
  options: ScanOptions,
): Promise<{ subject: ScanSubject; failures: ScanFailure[] }> {
  const { files, patches } = await mendSources(subject, options);
  const now = new Map(subject.files);
  const failures: ScanFailure[] = [];
  for (const [path, text] of files) {
    const said = write(path, subject.files.get(path) ?? "", text);
    if (said === undefined) now.set(path, text);
    else
      failures.push({
        message: `${path} was not mended: ${said}.`,
        next: "Apply what plumb scan --diff prints by hand.",
        places: [{ file: path, line: 1 }],
      });
  }
  context.say(
    files.size === 0
      ? "Nothing can be mended mechanically."
      : `${plural(patches, "place")} mended in ${plural(files.size - failures.length, "file")}.`,
  );
  return { subject: { ...subject, files: now }, failures };
}

/** Never writes over what is not exactly what was read. */
function write(path: string, before: string, after: string): string | undefined {
  try {
    if (!readFileSync(resolve(path)).equals(Buffer.from(before))) return "it is not UTF-8, or was changed meanwhile";
    writeFileSync(resolve(path), after);
    return undefined;
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}
