import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { type Problem, problem } from "@plumbline/contract/errors";
import type { InputEntry } from "@plumbline/contract/jobs";
import { lockFileName } from "@plumbline/engine/terraform/lock-file";
import { collidesWithOverride, overrideFileContent, overrideFileName } from "@plumbline/engine/terraform/override-file";
import { overriddenBlocks } from "@plumbline/engine/terraform/overridden-blocks";
import { type ArchiveFile, ArchiveError, readTar } from "./tar-reader.ts";

/** What a run's tree is unpacked from, and where to. */
export interface Unpacking {
  archive: Buffer;
  entries: readonly InputEntry[];
  /** The component's folder in the tree. */
  directory: string;
  /** Each gets the whole tree and the override file. */
  targets: readonly string[];
  largestTree: number;
}

/** What was found while unpacking. */
export interface Unpacked {
  /** Every file by its path, the override file included, as it was in the archive: nobody can change these bytes. */
  files: Map<string, Buffer>;
  /** Backend and cloud blocks that are out of force, as `file:line`. */
  overridden: string[];
  /** Text of the component's lock file, where it has one. */
  lockFile: string | undefined;
}

/**
 * Unpacks the archive if it is exactly the list: every path once, with the blob the list names, as a plain file. Nothing
 * outside the list, no link, no submodule, no path that leaves the tree. Throws a Problem otherwise; what was written by
 * then is worth nothing.
 */
export function unpackTree(unpacking: Unpacking): Unpacked {
  const listed = new Map(unpacking.entries.map((entry) => [entry.path, entry]));
  if (listed.size !== unpacking.entries.length) throw wrong("a path stands twice in the list of files");
  for (const entry of unpacking.entries) checkEntry(entry);
  const found: Unpacked = { files: new Map(), overridden: [], lockFile: undefined };
  let size = 0;
  for (const file of filesOf(unpacking.archive)) {
    const entry = listed.get(file.path);
    if (!entry) throw wrong(`${quoted(file.path)} is in the archive but not in the list of files, or twice`);
    listed.delete(file.path);
    size += file.content.length;
    if (size > unpacking.largestTree)
      throw problem("too_large", `the files are more than ${unpacking.largestTree} bytes`);
    if (blobId(file.content, entry.blob) !== entry.blob)
      throw wrong(`${quoted(file.path)} is not the blob ${entry.blob}`);
    for (const target of unpacking.targets) writeInto(target, file.path, file.content, entry.mode === "100755");
    found.files.set(file.path, file.content);
    if (posix.dirname(file.path) === unpacking.directory) lookInto(file, found);
  }
  const [missing] = listed.keys();
  if (missing !== undefined) throw wrong(`${quoted(missing)} is missing in the archive`);
  if (!unpacking.entries.some((entry) => posix.dirname(entry.path) === unpacking.directory))
    throw problem("configuration_wrong", `the component's folder ${quoted(unpacking.directory)} holds no file`);
  const override = posix.join(unpacking.directory, overrideFileName);
  found.files.set(override, Buffer.from(overrideFileContent));
  for (const target of unpacking.targets) writeInto(target, override, Buffer.from(overrideFileContent), false);
  return found;
}

function lookInto(file: ArchiveFile, found: Unpacked): void {
  const name = posix.basename(file.path);
  if (collidesWithOverride(name))
    throw problem(
      "configuration_wrong",
      `${quoted(file.path)} has the name of the file that Plumbline adds; rename it`,
    );
  if (name === lockFileName) found.lockFile = file.content.toString("utf8");
  if (/\.(tf|tofu)$/.test(name))
    found.overridden.push(...overriddenBlocks(file.content.toString("utf8")).map(({ line }) => `${file.path}:${line}`));
}

function checkEntry({ path, mode }: InputEntry): void {
  if (mode === "120000")
    throw problem("configuration_wrong", `${quoted(path)} is a symbolic link; put the file itself there`);
  if (mode === "160000") throw problem("configuration_wrong", `${quoted(path)} is a submodule; put its files there`);
  if (mode !== "100644" && mode !== "100755") throw wrong(`${quoted(path)} has the mode ${quoted(mode)}`);
  const parts = path.split("/");
  const bad = parts.some((part) => part === "" || part === "." || part === ".." || part.toLowerCase() === ".git");
  if (bad || path.includes("\0") || Buffer.byteLength(path) > 4000)
    throw wrong(`${quoted(path)} is not a path in a tree`);
  if (parts.includes(".terraform"))
    throw problem("configuration_wrong", `${quoted(path)}: .terraform does not belong into Git`);
}

function* filesOf(archive: Buffer): Generator<ArchiveFile> {
  try {
    yield* readTar(archive);
  } catch (error) {
    if (error instanceof ArchiveError) throw wrong(error.message);
    throw error;
  }
}

/** Git's id of a blob: SHA-1 or SHA-256, as long as the one it is compared with. */
function blobId(content: Buffer, like: string): string {
  const hash = createHash(like.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${content.length}\0`).update(content).digest("hex");
}

/** No link is ever made below `root`, so a checked path cannot leave it. Fails when a file stands where a folder has to be. */
function writeInto(root: string, path: string, content: Buffer, executable: boolean): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { flag: "wx", mode: executable ? 0o755 : 0o644 });
}

function wrong(detail: string): Problem {
  return problem("run_failed", `The archive of the run's files is refused: ${detail}.`);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
