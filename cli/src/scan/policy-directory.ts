import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { regoFileKind } from "@plumbline/policy/rego/policy-files";
import { UsageFault } from "../command/faults.ts";
import { shownPath } from "./shown-path.ts";

/** The files of a directory of policies: its configuration, Rego with its tests, and data. */
export interface PolicyDirectory {
  /** The directory as it is shown; paths of `rego` begin with it. */
  root: string;
  /** Shown path and text of `plumbline-policy.yaml`, where there is one. */
  configuration?: { file: string; text: string };
  /** Shown path → text. */
  rego: Map<string, string>;
}

const limits = { depth: 20, files: 5_000, bytes: 16_000_000 };

/** Reads a directory of policies and what lies below it. Links and hidden files are left out. Throws where it is none, or far too large. */
export function readPolicyDirectory(directory: string): PolicyDirectory {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageFault(`${directory} is not a directory.`, "Name the directory with the policies.");
  const root = shownPath(directory);
  const read: PolicyDirectory = { root, rego: new Map() };
  visit(directory, 0);
  return read;

  function visit(current: string, depth: number): void {
    if (depth > limits.depth) throw tooLarge(current, `it is nested more than ${limits.depth} deep`);
    for (const entry of readdirSync(current, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(current, entry.name);
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isDirectory()) visit(path, depth + 1);
      else if (entry.isFile()) take(path, depth);
    }
  }

  function take(path: string, depth: number): void {
    const file = shownPath(path);
    const isConfiguration = depth === 0 && path.endsWith("plumbline-policy.yaml");
    if (!isConfiguration && regoFileKind(file, root) === undefined) return;
    if (statSync(path).size > limits.bytes) throw tooLarge(path, `it has more than ${limits.bytes} bytes`);
    const text = readFileSync(path, "utf8");
    if (isConfiguration) read.configuration = { file, text };
    else read.rego.set(file, text);
    if (read.rego.size > limits.files) throw tooLarge(directory, `it has more than ${limits.files} files`);
  }
}

function tooLarge(path: string, why: string): UsageFault {
  return new UsageFault(
    `The policies in ${path} cannot be read: ${why}.`,
    "Name a directory that holds policies only.",
  );
}
