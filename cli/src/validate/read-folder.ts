import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";

/** The files of a repository's folder that are wanted, by path from its root with slashes. */
export interface Folder {
  texts: Map<string, string>;
  directories: Set<string>;
  /** What was passed over, and why. */
  skipped: { path: string; reason: string }[];
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
  const folder: Folder = { texts: new Map(), directories: new Set(), skipped: [] };
  const left = { entries: limits.entries, bytes: limits.totalBytes };
  visit("", 0);
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
      } else if (isWanted(inner)) readInto(inner, entry.isFile());
    }
  }

  function readInto(path: string, isFile: boolean): void {
    const text = isFile ? readRegularFile(join(root, path), Math.min(limits.fileBytes, left.bytes)) : notAFile;
    if (typeof text !== "string") return skip(path, text.reason);
    left.bytes -= text.length;
    folder.texts.set(path, text);
  }

  function skip(path: string, reason: string): void {
    folder.skipped.push({ path, reason });
  }
}

const notAFile = { reason: "it is not a regular file (a symbolic link, for example)" };

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
