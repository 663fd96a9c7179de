import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ScanSubject } from "@plumbline/policy/scan/scan-input";
import type { ScanFailure } from "@plumbline/policy/scan/scan-report";
import { UsageFault } from "../command/faults.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { embeddedSources } from "./plan-sources.ts";
import { decodeText, readBytes } from "./read-bytes.ts";
import { readJson } from "./read-json.ts";
import { readTree } from "./read-tree.ts";
import { showPlan } from "./show-plan.ts";
import { shownPath } from "./shown-path.ts";

/** What a path holds, and what had to be left out of it. */
export interface ReadSubject {
  subject: ScanSubject;
  failures: ScanFailure[];
}

/**
 * Reads what is to be scanned: a directory, a saved plan, or a plan or state as JSON, told apart by what they hold. `-`
 * is standard input. `source` is the directory of the plan's root module. Throws what says why it cannot be scanned.
 */
export async function readSubject(
  path: string,
  source: string | undefined,
  { stdin, env }: Pick<Terminal, "stdin" | "env">,
): Promise<ReadSubject> {
  if (source !== undefined && !isDirectory(source))
    throw new UsageFault(`${source} is not a directory.`, "--source names the directory of the plan's root module.");
  const shown = path === "-" ? path : shownPath(path);
  if (path !== "-" && isDirectory(path)) {
    if (source !== undefined)
      throw new UsageFault("--source belongs to plans; a directory is its own source.", "Leave --source out.");
    const { files, failures } = readTree(path);
    return { subject: { path: shown, kind: "directory", files }, failures };
  }
  if (path !== "-" && statSync(path, { throwIfNoEntry: false }) === undefined)
    throw new UsageFault(`There is no ${path}.`, "Name a saved plan, a plan or state as JSON, or a directory.");
  const bytes = await readBytes(path, stdin);
  if (bytes.toString("latin1", 0, 4) === "PK\u0003\u0004") return readSaved(path, bytes, source, env);
  const { kind, plan } = readJson(path, decodeText(bytes));
  const tree = source === undefined ? { files: new Map<string, string>(), failures: [] } : readTree(source);
  const root = source === undefined ? "." : shownPath(source);
  return { subject: { path: shown, kind, plan, files: tree.files, root }, failures: tree.failures };
}

async function readSaved(
  path: string,
  bytes: Buffer,
  source: string | undefined,
  env: Terminal["env"],
): Promise<ReadSubject> {
  const directory = resolve(source ?? dirname(path));
  const { files, root } = embeddedSources(path, bytes, directory);
  if (path === "-")
    throw new UsageFault("A saved plan cannot be read from standard input.", "Name its file instead of -.");
  const { kind, plan } = readJson(path, await showPlan(resolve(path), directory, env));
  return { subject: { path: shownPath(path), kind, plan, files, root }, failures: [] };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
