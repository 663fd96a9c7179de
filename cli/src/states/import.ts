import { createReadStream } from "node:fs";
import { importState } from "@plumbline/contract";
import { UsageFault } from "../command/faults.ts";
import type { Context } from "../command/context.ts";
import { outcomeLines } from "../pull-requests/outcome.ts";

export interface ImportOptions {
  title?: string;
  description?: string;
  ticket?: string;
}

/** `plumb state import`: sends the file as it is; what it is worth the server says. */
export async function importStateFile(
  context: Context,
  workspace: string,
  file: string,
  options: ImportOptions,
): Promise<void> {
  const bytes = await readWhole(context, file);
  const client = await context.client();
  const opened = await client.upload(importState, { params: { workspace }, query: options }, bytes);
  context.print(opened, (shown, look) => [
    ...outcomeLines("Opened", shown, look),
    `Follow it: plumb prs watch ${shown.number}`,
  ]);
}

async function readWhole({ terminal }: Context, file: string): Promise<Buffer> {
  if (file === "-" && terminal.isTerminal.stdin)
    throw new UsageFault(
      "Nothing comes in by a pipe.",
      "terraform state pull | plumb state import WORKSPACE -, or name a file.",
    );
  const pieces: Buffer[] = [];
  try {
    for await (const piece of file === "-" ? terminal.stdin : createReadStream(file)) pieces.push(Buffer.from(piece));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageFault(`${file} cannot be read: ${reason}`, "Name a file that you may read, or - for stdin.");
  }
  return Buffer.concat(pieces);
}
