import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Parser as TreeSitterParser } from "web-tree-sitter";
import { toSourceFile } from "./convert.ts";
import type { SourceFile } from "./syntax-tree.ts";

/** Parses HCL text of a file; faults in it are part of the answer, never an exception. Disposing frees the parser. */
export type ParseHcl = ((path: string, text: string) => SourceFile) & Disposable;

/** Loads tree-sitter and its HCL grammar (WebAssembly, some 20 ms). */
export async function loadHclParser(): Promise<ParseHcl> {
  const { Language, Parser } = await import("web-tree-sitter");
  await Parser.init();
  const grammar = import.meta.resolve("@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm");
  const parser = new Parser();
  parser.setLanguage(await Language.load(await readFile(fileURLToPath(grammar))));
  return Object.assign((path: string, text: string) => parseFile(parser, path, text), {
    [Symbol.dispose]: () => parser.delete(),
  });
}

function parseFile(parser: TreeSitterParser, path: string, text: string): SourceFile {
  const tree = parser.parse(text);
  try {
    return tree ? toSourceFile(path, text, tree.rootNode) : unreadable(path, text);
  } catch (fault) {
    // Brackets within brackets beyond any sense use up the stack.
    if (fault instanceof RangeError) return unreadable(path, text);
    throw fault;
  } finally {
    tree?.delete();
  }
}

function unreadable(path: string, text: string): SourceFile {
  return { path, lines: text.split("\n"), attributes: new Map(), blocks: [], errors: [{ file: path, line: 1 }] };
}
