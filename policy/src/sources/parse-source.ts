import { parseHclFile } from "../evaluation/syntax/parse-body.ts";
import { parseJsonFile } from "../evaluation/syntax/parse-json.ts";
import { toSourceFile } from "./convert.ts";
import type { SourceFile } from "./syntax-tree.ts";

/** Reads a file in Terraform's native or JSON syntax; faults in it are part of the answer, never an exception. */
export function parseSource(path: string, text: string): SourceFile {
  return toSourceFile(path, text, path.endsWith(".json") ? parseJsonFile(path, text) : parseHclFile(path, text));
}
