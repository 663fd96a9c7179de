import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { calledFrom } from "@plumbline/policy/scan/root-modules";
import type { ScanFailure } from "@plumbline/policy/scan/scan-report";
import { isConfiguration, isNoticed, isReadByConfiguration, isSource } from "@plumbline/policy/scan/source-files";
import { isWithin, shownPath } from "./shown-path.ts";

/** The files of a directory and of the modules it calls, by shown path. */
export interface Tree {
  files: Map<string, string>;
  /** What had to be left out although it matters. */
  failures: ScanFailure[];
}

const limits = {
  entries: 200_000,
  depth: 40,
  sourceBytes: 4_000_000,
  otherBytes: 500_000,
  totalBytes: 256_000_000,
};
const uninteresting = new Set([".git", ".terraform", ".terragrunt-cache", "node_modules"]);

/**
 * Reads the sources below `top`, and those of local modules that they call beside it, as long as they lie in the working
 * directory. Links are followed only to what lies inside; sizes, depth and numbers are limited. What is left out is told.
 */
export function readTree(top: string): Tree {
  const start = realpathSync(top);
  const working = realpathSync(process.cwd());
  const boundary = isWithin(working, start) ? working : start;
  const tree: Tree = { files: new Map(), failures: [] };
  const left = { entries: limits.entries, bytes: limits.totalBytes };
  const seen = new Set<string>();
  visit(resolve(top), 0, true);
  for (;;) {
    const missing = calledDirectories(tree.files).filter((directory) => !seen.has(directory) && isDirectory(directory));
    if (missing.length === 0) return tree;
    for (const directory of missing)
      if (isInside(directory)) visit(directory, 0, false);
      else {
        seen.add(directory);
        leave(directory, "it lies outside of what is scanned", "Run plumb in a directory that holds both.");
      }
  }

  function visit(directory: string, depth: number, isDeep: boolean): void {
    seen.add(directory);
    for (const entry of readdirSync(directory, { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (uninteresting.has(entry.name)) continue;
      const path = join(directory, entry.name);
      if (--left.entries < 0)
        return leave(directory, `there are more than ${limits.entries} files`, "Scan parts of it.");
      if (entry.isSymbolicLink() && leadsAway(path)) continue;
      if (entry.isDirectory() && isDeep) {
        if (depth >= limits.depth) leave(path, "it is nested too deeply", "Scan it by itself.");
        else visit(path, depth + 1, true);
      } else if (isSource(path) || isReadByConfiguration(path) || isNoticed(path)) readInto(path);
    }
  }

  /** Tells a link that matters and leads out of the tree, or to nothing. Links to directories inside are read when a module call names them. */
  function leadsAway(path: string): boolean {
    const isDirectoryLink = isDirectory(path);
    if (isInside(path)) return isDirectoryLink;
    if (isDirectoryLink || isSource(path))
      leave(
        path,
        "it is a link that leads out of the tree, or to nothing",
        "Put the file itself there, or remove the link.",
      );
    return true;
  }

  function readInto(path: string): void {
    const info = statSync(path, { throwIfNoEntry: false });
    const most = isSource(path) ? limits.sourceBytes : limits.otherBytes;
    const reason = !info?.isFile()
      ? "it is not a regular file"
      : info.size > Math.min(most, left.bytes)
        ? `it is larger than ${most / 1_000_000} MB, or all together are`
        : undefined;
    if (reason !== undefined) {
      if (isSource(path)) leave(path, reason, "Make it smaller, or remove it.");
      return;
    }
    const bytes = readFileSync(path);
    left.bytes -= bytes.length;
    tree.files.set(shownPath(path), bytes.toString("utf8"));
  }

  function isInside(path: string): boolean {
    try {
      return isWithin(boundary, realpathSync(path));
    } catch {
      return false;
    }
  }

  function leave(path: string, reason: string, next: string): void {
    const file = shownPath(path);
    tree.failures.push({
      message: `${file} was not judged: ${reason}.`,
      next,
      places: lineOf(path, file),
    });
  }
}

function calledDirectories(files: ReadonlyMap<string, string>): string[] {
  const called = [...files].flatMap(([path, text]) => (isConfiguration(path) ? calledFrom(dirname(path), text) : []));
  return [...new Set(called)].map((path) => resolve(path));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A place only where there is a file that can be shown. */
function lineOf(path: string, file: string): ScanFailure["places"] {
  return (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true) ? [] : [{ file, line: 1 }];
}
