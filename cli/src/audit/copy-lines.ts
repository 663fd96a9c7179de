import { once } from "node:events";
import { problem } from "@plumbline/contract/errors";
import { printableLines } from "../terminal/clean.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Copies JSON lines to stdout as they come: byte for byte into files and pipes, cleaned onto a terminal. */
export async function copyLines(pieces: AsyncIterable<Uint8Array>, { stdout, isTerminal }: Terminal): Promise<void> {
  const decoder = new TextDecoder();
  let last = 0x0a;
  try {
    for await (const piece of pieces) {
      last = piece.at(-1) ?? last;
      const output = isTerminal.stdout ? printableLines(decoder.decode(piece, { stream: true })).join("\n") : piece;
      if (!stdout.write(output)) await once(stdout, "drain");
    }
  } catch (error) {
    throw problem("unavailable", "The export was cut; what was printed is not all of it.", {
      cause: error,
    });
  }
  // A stream that ends within a line was cut, however politely.
  if (last !== 0x0a) throw problem("unavailable", "The export ended within a line; what was printed is not all of it.");
}
