import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join, relative } from "node:path";

/** The files of a repository's folder that are wanted, by path from its root with slashes. */
export interface Folder {
  texts: Map<string, string>;
  directories: Set<string>;
  /** What was passed over, and why. */
  skipped: { path: string; reason: string }[];
  /** Symbolic links that stand for wanted files, or for a directory of the folder that holds some. */
  links: string[];
}

const limits = {
  entries: 200_000,
  depth: 40,
  fileBytes: 4 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
};
const uninteresting = new Set([".git", ".terraform", "node_modules"]);

/**
 * Reads the wanted files below `root`. Symbolic links, devices and pipes are never followed or opened: a repository could
 * point them anywhere. Sizes and depth are limited. Throws where `root` cannot be read.
 */
export function readFolder(root: string, isWanted: (path: string) => boolean): Folder {
  const folder: Folder = { texts: new Map(), directories: new Set(), skipped: [], links: [] };
  const left = { entries: limits.entries, bytes: limits.totalBytes };
  const others: string[] = [];
  visit("", 0);
  const wanted = [...folder.texts.keys()];
  for (const link of others) {
    const target = targetOf(root, link);
    if (target !== undefined && wanted.some((path) => path.startsWith(`${target}/`))) folder.links.push(link);
  }
  return folder;

  function visit(path: string, depth: number): void {
    const entries = readdirSync(join(root, path), { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (uninteresting.has(entry.name)) continue;
      if (--left.entries < 0) return skip(path, `there are more than ${limits.entries} files`);
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        folder.directories.add(inner);
        if (depth >= limits.depth) skip(inner, "it is nested too deeply");
        else visit(inner, depth + 1);
      } else if (isWanted(inner)) readInto(inner, entry);
      else if (entry.isSymbolicLink()) others.push(inner);
    }
  }

  function readInto(path: string, entry: Dirent): void {
    if (entry.isSymbolicLink()) {
      folder.links.push(path);
      return skip(path, "symbolic links are not followed; put the file itself there");
    }
    const text = entry.isFile() ? readRegularFile(join(root, path), Math.min(limits.fileBytes, left.bytes)) : notAFile;
    if (typeof text !== "string") return skip(path, text.reason);
    left.bytes -= text.length;
    folder.texts.set(path, text);
  }

  function skip(path: string, reason: string): void {
    folder.skipped.push({ path, reason });
  }
}

const notAFile = { reason: "it is not a regular file" };

/** Where a link leads, as a path below `root`; undefined for what leads elsewhere or nowhere. */
function targetOf(root: string, link: string): string | undefined {
  try {
    const target = relative(realpathSync(root), realpathSync(join(root, link)));
    return target === "" || target === ".." || target.startsWith("../") ? undefined : target;
  } catch {
    return undefined;
  }
}

function readRegularFile(path: string, most: number): string | { reason: string } {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  try {
    const info = fstatSync(descriptor);
    if (!info.isFile()) return notAFile;
    if (info.size > most) return { reason: `it is larger than ${most} bytes` };
    const buffer = Buffer.alloc(info.size);
    return buffer.toString("utf8", 0, readSync(descriptor, buffer, 0, info.size, 0));
  } finally {
    closeSync(descriptor);
  }
}
