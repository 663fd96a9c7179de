import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readFile, readdir, readlink, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { problem } from "@plumbline/contract/errors";

/** What a hash is over: a file, or a folder with all that is below it. */
export async function hashOfTool(path: string): Promise<string> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile()) return hashOfFile(path);
  if (info?.isDirectory()) return hashOfFolder(path);
  throw problem("tool_missing", `${path} is neither a file nor a folder.`);
}

/** Throws `tool_changed` where the hash is another one, `tool_missing` where there is nothing. */
export async function verifyTool(path: string, expected: string): Promise<void> {
  const actual = await hashOfTool(path);
  if (actual !== expected)
    throw problem("tool_changed", `${path} has the SHA-256 ${actual}; accepted was ${expected}.`);
}

/**
 * SHA-256 over the sorted list of all entries below: path, whether it can be executed, and the SHA-256 of its content or
 * the target of the link. Compiled Python files count, too: they are what is run.
 */
async function hashOfFolder(folder: string): Promise<string> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const hash = createHash("sha256");
  for (const name of names) {
    const path = join(folder, name);
    const info = await lstat(path);
    if (info.isSymbolicLink()) hash.update(`${JSON.stringify(name)} link ${JSON.stringify(await readlink(path))}\n`);
    else if (info.isFile()) {
      const content = createHash("sha256")
        .update(await readFile(path))
        .digest("hex");
      hash.update(`${JSON.stringify(name)} ${(info.mode & 0o111) === 0 ? "file" : "program"} ${content}\n`);
    }
  }
  return hash.digest("hex");
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

/**
 * Folders that a program needs to run in a sandbox that shows none by itself: its own, and for a Python virtual
 * environment the interpreter that it was made from.
 */
export async function foldersOf(path: string, directory: string | undefined): Promise<string[]> {
  if (directory === undefined) return [path];
  const settings = await readFile(join(directory, "pyvenv.cfg"), "utf8").catch(() => "");
  const home = /^home\s*=\s*(.+)$/m.exec(settings)?.[1]?.trim();
  if (home === undefined) return [directory];
  const base = dirname(home);
  const real = await realpath(base).catch(() => base);
  return [...new Set([directory, base, real])];
}
