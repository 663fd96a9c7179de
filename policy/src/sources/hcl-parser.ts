import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Node } from "web-tree-sitter";
import type { SourceFile } from "./syntax-tree.ts";
import { toSourceFile } from "./convert.ts";

/** Parses HCL text of a file; faults in it are part of the answer, never an exception. */
export type ParseHcl = (path: string, text: string) => SourceFile;

/** Loads tree-sitter and its HCL grammar (WebAssembly, some 20 ms); the parser lives as long as the function returned. */
export async function loadHclParser(): Promise<ParseHcl> {
  const { Language, Parser } = await import("web-tree-sitter");
  await Parser.init();
  const grammar = import.meta.resolve("@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm");
  const parser = new Parser();
  parser.setLanguage(await Language.load(await readFile(fileURLToPath(grammar))));
  return (path, text) => {
    const tree = parser.parse(text);
    if (!tree)
      return { path, lines: text.split("\n"), attributes: new Map(), blocks: [], errors: [{ file: path, line: 1 }] };
    try {
      return toSourceFile(path, text, tree.rootNode satisfies Node);
    } finally {
      tree.delete();
    }
  };
}
