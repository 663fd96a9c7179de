import { writeFileSync } from "node:fs";
import { UsageFault } from "../command/faults.ts";
import type { Context } from "../command/context.ts";
import { printableLines } from "../terminal/clean.ts";
import { sizeText } from "../terminal/words.ts";
import { download } from "./download.ts";

export interface ExportOptions {
  version?: number;
  output?: string;
}

/** `plumb state export`: the stored bytes, unchanged. Only a terminal gets them with what could steer it taken out. */
export async function exportState(context: Context, workspace: string, options: ExportOptions): Promise<void> {
  const { terminal } = context;
  const bytes = await download(await context.client(), workspace, options.version);
  if (options.output !== undefined) {
    writeNew(options.output, bytes);
    context.say(`${sizeText(bytes.length)} written to ${options.output}, which only you may read.`);
  } else if (terminal.isTerminal.stdout)
    terminal.stdout.write(`${printableLines(bytes.toString("utf8")).join("\n").trimEnd()}\n`);
  else terminal.stdout.write(bytes);
}

function writeNew(path: string, bytes: Buffer): void {
  try {
    writeFileSync(path, bytes, { mode: 0o600, flag: "wx" });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageFault(`${path} cannot be written: ${reason}`, "Name a file that does not exist yet.");
  }
}
