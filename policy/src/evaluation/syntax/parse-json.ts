import type { Attribute, Block, ParsedFile, SyntaxFault } from "./body.ts";
import type { Expression, ObjectEntry, Span } from "./expression.ts";
import { parseTemplate } from "./parse-expression.ts";
import { Scanner, SyntaxStop } from "./scanner.ts";

/** A JSON value with the place of each member, for Terraform's JSON syntax. */
type Node = Span &
  (
    | { kind: "scalar"; value: null | boolean | number | string }
    | { kind: "list"; items: readonly Node[] }
    | { kind: "map"; members: readonly Member[] }
  );

/** A member of an object; `at` is where its name begins. */
interface Member {
  name: string;
  value: Node;
  at: number;
}

/** Labels that stand before the body of a top-level block. */
const labelCount: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
  check: 1,
};

/**
 * Reads Terraform's JSON syntax (`*.tf.json`, `*.tfvars.json`). Which members of a body are blocks only a schema tells; all
 * but the meta blocks are read as attributes. Never throws.
 */
export function parseJsonFile(file: string, text: string): ParsedFile {
  const scanner = new Scanner(file, text);
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  const faults: SyntaxFault[] = [];
  try {
    const variablesFile = file.endsWith(".tfvars.json");
    const root = parseDocument(scanner);
    for (const body of bodiesOf(root))
      for (const { name, value, at } of body.members) {
        if (name === "//") continue;
        if (variablesFile) attributes.set(name, toAttribute(scanner, name, value, at, false));
        else blocks.push(...toBlocks(scanner, name, value, at));
      }
  } catch (fault) {
    if (!(fault instanceof SyntaxStop)) throw fault;
    faults.push({ message: fault.message, place: scanner.placeAt(fault.at) });
  }
  return { body: { attributes, blocks }, faults };
}

/** In the JSON syntax a body is an object or a list of objects. */
function bodiesOf(node: Node): (Node & { kind: "map" })[] {
  if (node.kind === "map") return [node];
  return node.kind === "list" ? node.items.flatMap(bodiesOf) : [];
}

function toBlocks(scanner: Scanner, type: string, node: Node, at: number): Block[] {
  const found: Block[] = [];
  const descend = (inner: Node, labels: readonly string[], place: number, left: number): void => {
    for (const body of bodiesOf(inner)) {
      if (left === 0) found.push(toBlock(scanner, type, labels, body, place));
      else
        for (const member of body.members)
          if (member.name !== "//") descend(member.value, [...labels, member.name], member.at, left - 1);
    }
  };
  descend(node, [], at, labelCount[type] ?? 0);
  return found;
}

function toBlock(
  scanner: Scanner,
  type: string,
  labels: readonly string[],
  node: Node & { kind: "map" },
  at: number,
): Block {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (const { name, value, at: memberAt } of node.members) {
    if (name === "//") continue;
    if (name === "dynamic") blocks.push(...dynamicBlocks(scanner, value));
    // Types of variables and addresses are written as plain texts.
    else attributes.set(name, toAttribute(scanner, name, value, memberAt, type !== "variable"));
  }
  const { start, end } = node;
  return { type, labels, place: scanner.placeAt(at), inside: start + 1, body: { attributes, blocks }, start: at, end };
}

function dynamicBlocks(scanner: Scanner, node: Node): Block[] {
  return bodiesOf(node).flatMap((body) =>
    body.members.flatMap((member) =>
      bodiesOf(member.value).map((inner): Block => {
        const content = inner.members.find((candidate) => candidate.name === "content");
        const own = toBlock(scanner, "dynamic", [member.name], inner, member.at);
        const contents = content
          ? bodiesOf(content.value).map((one) => toBlock(scanner, "content", [], one, content.at))
          : [];
        return { ...own, body: { attributes: own.body.attributes, blocks: contents } };
      }),
    ),
  );
}

function toAttribute(scanner: Scanner, name: string, node: Node, at: number, templates: boolean): Attribute {
  const value = toExpression(scanner, node, templates);
  return { name, place: scanner.placeAt(at), value, start: at, end: node.end };
}

function toExpression(scanner: Scanner, node: Node, templates: boolean): Expression {
  const { start, end } = node;
  const text = (value: string, span: Span): Expression => {
    if (!templates) return { kind: "literal", value, ...span };
    try {
      return { ...parseTemplate(scanner.file, value), ...span };
    } catch (fault) {
      if (fault instanceof SyntaxStop) scanner.stop(fault.message, span.start);
      throw fault;
    }
  };
  if (node.kind === "scalar")
    return typeof node.value === "string"
      ? text(node.value, { start, end })
      : { kind: "literal", value: node.value, start, end };
  if (node.kind === "list")
    return { kind: "tuple", items: node.items.map((item) => toExpression(scanner, item, templates)), start, end };
  const entries = node.members.map(({ name, value, at }): ObjectEntry => ({
    key: text(name, { start: at, end: at + name.length + 2 }),
    value: toExpression(scanner, value, templates),
    start: at,
    end: value.end,
  }));
  return { kind: "object", entries, start, end };
}

function parseDocument(scanner: Scanner): Node {
  const node = parseValue(scanner);
  blank(scanner);
  if (!scanner.ended) scanner.stop(`Expected the end of the file, found ${scanner.found()}`);
  return node;
}

function blank(scanner: Scanner): void {
  const space = /[\s\uFEFF]*/y;
  space.lastIndex = scanner.at;
  scanner.at += space.exec(scanner.text)?.[0].length ?? 0;
}

function parseValue(scanner: Scanner): Node {
  blank(scanner);
  const { at: start } = scanner;
  if (scanner.take("{")) {
    const members = scanner.nested(() => parseMembers(scanner));
    return { kind: "map", members, start, end: scanner.at };
  }
  if (scanner.take("[")) {
    const items = scanner.nested(() => parseItems(scanner));
    return { kind: "list", items, start, end: scanner.at };
  }
  if (scanner.startsWith('"')) {
    const value = parseText(scanner);
    return { kind: "scalar", value, start, end: scanner.at };
  }
  const token = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  token.lastIndex = start;
  const found = token.exec(scanner.text)?.[0];
  if (found === undefined) scanner.stop(`Expected a JSON value, found ${scanner.found()}`);
  scanner.at += found.length;
  const value = found === "null" ? null : found === "true" || found === "false" ? found === "true" : Number(found);
  return { kind: "scalar", value, start, end: scanner.at };
}

function parseText(scanner: Scanner): string {
  const quoted = /"(?:[^"\\\n]|\\.)*"/y;
  quoted.lastIndex = scanner.at;
  const found = quoted.exec(scanner.text)?.[0];
  if (found === undefined) scanner.stop(`Expected a text in quotes, found ${scanner.found()}`);
  try {
    const text: unknown = JSON.parse(found);
    scanner.at += found.length;
    return String(text);
  } catch {
    return scanner.stop("This is no JSON text");
  }
}

function parseMembers(scanner: Scanner): Member[] {
  const members: Member[] = [];
  blank(scanner);
  if (scanner.take("}")) return members;
  for (;;) {
    blank(scanner);
    const { at } = scanner;
    const name = parseText(scanner);
    blank(scanner);
    scanner.expect(":", "behind the name of a member");
    members.push({ name, value: parseValue(scanner), at });
    blank(scanner);
    if (scanner.take(",")) continue;
    scanner.expect("}", "behind the members of an object");
    return members;
  }
}

function parseItems(scanner: Scanner): Node[] {
  const items: Node[] = [];
  blank(scanner);
  if (scanner.take("]")) return items;
  for (;;) {
    items.push(parseValue(scanner));
    blank(scanner);
    if (scanner.take(",")) continue;
    scanner.expect("]", "behind the elements of a list");
    return items;
  }
}
