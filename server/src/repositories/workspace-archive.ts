import { Readable } from "node:stream";
import { problem } from "@plumbline/contract";
import type { InputEntry } from "@plumbline/contract/jobs";
import type { RepositoryObjects } from "../forges/forge.ts";
import type { RepositoriesContext } from "./repositories-context.ts";
import { readWorkspaceInput } from "./workspace-input.ts";
import type { WorkspaceInputRequest } from "./workspace-input.ts";

/**
 * A tar (pax) of exactly the files that `readWorkspaceInput` names. It is made of Git's objects themselves and not by
 * `git archive`: no attribute of the repository can hide, convert or expand anything, and a file's bytes are the blob's.
 */
export async function streamWorkspaceArchive(
  context: Pick<RepositoriesContext, "caches" | "forge">,
  request: WorkspaceInputRequest,
): Promise<Readable> {
  const { entries } = await readWorkspaceInput(context, request);
  return Readable.from(archive(context.forge.objects(request), entries));
}

/** How many blobs are asked for ahead of what is being sent. */
const ahead = 32;

async function* archive(objects: RepositoryObjects, entries: readonly InputEntry[]): AsyncGenerator<Buffer> {
  for (let start = 0; start < entries.length; start += ahead) {
    const chunk = entries.slice(start, start + ahead);
    const blobs = await Promise.all(chunk.map((entry) => objects.blob(entry.blob)));
    for (const [index, entry] of chunk.entries()) {
      const content = blobs[index];
      if (content === undefined) throw problem("internal", `The object of ${entry.path} is missing.`);
      yield tarEntry(entry, content);
    }
  }
  yield Buffer.alloc(1_024);
}

/** One file as POSIX.1-2001 pax: an extended header where path is too long or not ASCII, then ustar. */
export function tarEntry({ path, mode }: Pick<InputEntry, "path" | "mode">, content: Buffer): Buffer {
  const plain = path.length <= 100 && /^[\x20-\x7e]+$/.test(path);
  const parts: Buffer[] = [];
  if (!plain) {
    const extended = Buffer.from(paxRecord("path", path), "utf8");
    parts.push(tarHeader("pax", "x", extended.length, 0o644), padded(extended));
  }
  parts.push(tarHeader(plain ? path : "file", "0", content.length, mode === "100755" ? 0o755 : 0o644), padded(content));
  return Buffer.concat(parts);
}

function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  if (String(length).length !== String(rest).length) length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}

function tarHeader(name: string, type: "0" | "x", size: number, mode: number): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, offset: number, width: number) =>
    header.write(`${value.toString(8).padStart(width - 1, "0")}\0`, offset, "latin1");
  header.write(name, 0, 100, "latin1");
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  header.write("        ", 148, "latin1");
  header.write(type, 156, "latin1");
  header.write("ustar\x0000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}

function padded(content: Buffer): Buffer {
  const rest = content.length % 512;
  return rest === 0 ? content : Buffer.concat([content, Buffer.alloc(512 - rest)]);
}
