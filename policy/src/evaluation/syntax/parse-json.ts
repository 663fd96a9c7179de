import type { Attribute, Block, ParsedFile, SyntaxFault } from "./body.ts";
import type { Expression, ObjectEntry } from "./expression.ts";
import { parseTemplate } from "./parse-expression.ts";
import { Scanner, SyntaxStop } from "./scanner.ts";

/** A JSON value with the place of each member, for Terraform's JSON syntax. */
type Node =
  | { kind: "scalar"; value: null | boolean | number | string; at: number }
  | { kind: "list"; items: readonly Node[]; at: number }
  | { kind: "map"; members: readonly { name: string; value: Node; at: number }[]; at: number };

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
  return { type, labels, place: scanner.placeAt(at), body: { attributes, blocks } };
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
  return { name, place: scanner.placeAt(at), value: toExpression(scanner, node, templates) };
}

function toExpression(scanner: Scanner, node: Node, templates: boolean): Expression {
  const text = (value: string, at: number): Expression => {
    if (!templates) return { kind: "literal", value };
    try {
      return parseTemplate(scanner.file, value);
    } catch (fault) {
      if (fault instanceof SyntaxStop) scanner.stop(fault.message, at);
      throw fault;
    }
  };
  if (node.kind === "scalar")
    return typeof node.value === "string" ? text(node.value, node.at) : { kind: "literal", value: node.value };
  if (node.kind === "list")
    return { kind: "tuple", items: node.items.map((item) => toExpression(scanner, item, templates)) };
  const entries = node.members.map(({ name, value, at }): ObjectEntry => ({
    key: text(name, at),
    value: toExpression(scanner, value, templates),
  }));
  return { kind: "object", entries };
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
  const { at } = scanner;
  if (scanner.take("{")) return scanner.nested(() => ({ kind: "map", members: parseMembers(scanner), at }));
  if (scanner.take("[")) return scanner.nested(() => ({ kind: "list", items: parseItems(scanner), at }));
  if (scanner.startsWith('"')) return { kind: "scalar", value: parseText(scanner), at };
  const token = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  token.lastIndex = at;
  const found = token.exec(scanner.text)?.[0];
  if (found === undefined) scanner.stop(`Expected a JSON value, found ${scanner.found()}`);
  scanner.at += found.length;
  if (found === "null") return { kind: "scalar", value: null, at };
  if (found === "true" || found === "false") return { kind: "scalar", value: found === "true", at };
  return { kind: "scalar", value: Number(found), at };
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

function parseMembers(scanner: Scanner): { name: string; value: Node; at: number }[] {
  const members: { name: string; value: Node; at: number }[] = [];
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
