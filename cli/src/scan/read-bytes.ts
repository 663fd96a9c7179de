import { createReadStream, statSync } from "node:fs";
import type { Readable } from "node:stream";
import { UsageFault } from "../command/faults.ts";

/** A plan of 5,000 resources has some 30 MB; one of 200 MB is judged in seconds and a gigabyte of memory. */
export const mostBytes = 400 * 1_000_000;

/** Reads a file or a pipe whole, up to `most` bytes. Throws what says how to go on. */
export async function readBytes(path: string, stdin: Readable, most = mostBytes): Promise<Buffer> {
  const pieces: Buffer[] = [];
  if (path !== "-" && (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > most) throw tooLarge(path, most);
  let size = 0;
  try {
    for await (const piece of path === "-" ? stdin : createReadStream(path)) {
      const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
      size += bytes.length;
      if (size > most) break;
      pieces.push(bytes);
    }
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    throw new UsageFault(`${path} cannot be read: ${said}`, "Name a plan, a state or a directory that you may read.");
  }
  if (size > most) throw tooLarge(path, most);
  return Buffer.concat(pieces);
}

function tooLarge(path: string, most: number): UsageFault {
  return new UsageFault(
    `${path} is larger than ${most / 1_000_000} MB, which is more than is read at once.`,
    "Split what is planned at once into several states, or scan the directory of its sources.",
  );
}

/** Text of a file in UTF-8 or, as PowerShell writes it, UTF-16; without the mark at its beginning. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}
