import type { Attribute, Block, ParsedFile, SyntaxFault } from "./body.ts";
import { parseExpression } from "./parse-expression.ts";
import { Scanner, SyntaxStop } from "./scanner.ts";

/** Where reading goes on behind a fault: the next block that begins a line. */
const nextBlock =
  /^(?:check|data|ephemeral|import|locals|module|moved|output|provider|removed|resource|terraform|variable)\b[^=\n]*\{/gm;

/** Reads native HCL (`*.tf`, `*.tofu`, `*.tfvars`). Never throws: behind a fault it goes on at the next block. */
export function parseHclFile(file: string, text: string): ParsedFile {
  const scanner = new Scanner(file, text);
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  const faults: SyntaxFault[] = [];
  for (;;) {
    try {
      if (parseItem(scanner, attributes, blocks)) continue;
      if (!scanner.ended) scanner.stop("There is no block that this brace could close");
      return { body: { attributes, blocks }, faults };
    } catch (fault) {
      if (!(fault instanceof SyntaxStop)) throw fault;
      faults.push({ message: fault.message, place: scanner.placeAt(fault.at) });
      nextBlock.lastIndex = fault.at + 1;
      const next = nextBlock.exec(text);
      scanner.acrossLines = false;
      scanner.at = next ? next.index : text.length;
    }
  }
}

/** One attribute or block; false at the end or before a closing brace. */
function parseItem(scanner: Scanner, attributes: Map<string, Attribute>, blocks: Block[]): boolean {
  scanner.skip(true);
  if (scanner.ended || scanner.startsWith("}")) return false;
  const start = scanner.at;
  const name = scanner.takeName();
  if (name === undefined) scanner.stop(`Expected the name of an attribute or a block, found ${scanner.found()}`);
  scanner.skip();
  if (scanner.take("=")) {
    const value = parseExpression(scanner);
    if (attributes.has(name)) scanner.stop(`${name} is set twice`, start);
    attributes.set(name, { name, place: scanner.placeAt(start), value, start, end: value.end });
  } else blocks.push(parseBlock(scanner, name, start));
  scanner.skip();
  if (!scanner.ended && !scanner.take("\n") && !scanner.startsWith("}"))
    scanner.stop(`Expected a new line, found ${scanner.found()}`);
  return true;
}

function parseBlock(scanner: Scanner, type: string, start: number): Block {
  const labels = parseLabels(scanner, type);
  const inside = scanner.at;
  return scanner.nested(() => {
    const attributes = new Map<string, Attribute>();
    const blocks: Block[] = [];
    while (parseItem(scanner, attributes, blocks));
    if (!scanner.take("}")) scanner.stop(`The block ${[type, ...labels].join(" ")} is not closed`, start);
    const body = { attributes, blocks };
    return { type, labels, place: scanner.placeAt(start), inside, body, start, end: scanner.at };
  });
}

function parseLabels(scanner: Scanner, type: string): string[] {
  const labels: string[] = [];
  for (;;) {
    scanner.skip();
    if (scanner.take("{")) return labels;
    const quoted = /"((?:[^"\\\n]|\\.)*)"/y;
    quoted.lastIndex = scanner.at;
    const text = quoted.exec(scanner.text);
    if (text) scanner.at += text[0].length;
    const label = text ? text[1] : scanner.takeName();
    if (label === undefined) scanner.stop(`Expected { or a label behind ${type}, found ${scanner.found()}`);
    labels.push(label);
  }
}
