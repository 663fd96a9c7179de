import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Reads a file that a sandboxed process may have put below `root`, never through a link: the process could have put one
 * there that leads out. Only when that process has ended. Undefined when there is no plain file of at most `largest` bytes.
 */
export function readInside(root: string, path: string, largest: number): Buffer | undefined {
  let folder = root;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) return undefined;
  for (const part of parts.slice(0, -1)) {
    folder = join(folder, part);
    if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  }
  let descriptor: number;
  try {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    descriptor = openSync(join(folder, parts.at(-1) ?? ""), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    const facts = fstatSync(descriptor);
    return facts.isFile() && facts.size <= largest ? readFileSync(descriptor) : undefined;
  } finally {
    closeSync(descriptor);
  }
}
