import type { SourcePlace } from "@plumbline/contract/findings";
import type { Node } from "web-tree-sitter";
import { toExpression } from "./convert-expression.ts";
import type { Attribute, Block, SourceFile } from "./syntax-tree.ts";

/** Lines longer than this are cut in findings. */
const longestText = 240;

/** Tells where a node stands, with the text of its line. */
export type PlaceOf = (node: Node) => SourcePlace;

/** Copies what is needed out of tree-sitter's tree, so that the tree can be freed. */
export function toSourceFile(path: string, text: string, root: Node): SourceFile {
  const lines = text.split(/\r?\n/);
  const placeOf: PlaceOf = (node) => ({
    file: path,
    line: node.startPosition.row + 1,
    column: node.startPosition.column + 1,
    ...(node.endPosition.row > node.startPosition.row ? { endLine: node.endPosition.row + 1 } : {}),
    text: (lines[node.startPosition.row] ?? "").trim().slice(0, longestText),
  });
  const errors: SourcePlace[] = [];
  if (root.hasError) collectErrors(root, placeOf, errors);
  const body = root.namedChildren.find((child) => child?.type === "body");
  // An object at the top of the file is what the grammar makes of JSON; HCL has none there.
  if (!body && root.namedChildren.some((child) => child?.type === "object")) errors.push(placeOf(root));
  const content = body ? bodyContent(body, placeOf) : { attributes: new Map<string, Attribute>(), blocks: [] };
  return { path, lines, ...content, errors };
}

function bodyContent(body: Node, placeOf: PlaceOf): { attributes: Map<string, Attribute>; blocks: Block[] } {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (const child of body.namedChildren) {
    if (child?.type === "attribute") {
      const attribute = toAttribute(child, placeOf);
      if (attribute) attributes.set(attribute.name, attribute);
    } else if (child?.type === "block") {
      blocks.push(toBlock(child, placeOf));
    }
  }
  return { attributes, blocks };
}

function toAttribute(node: Node, placeOf: PlaceOf): Attribute | undefined {
  const [name, value] = node.namedChildren;
  if (name?.type !== "identifier" || !value) return undefined;
  return { name: name.text, place: placeOf(node), value: toExpression(value, placeOf) };
}

function toBlock(node: Node, placeOf: PlaceOf): Block {
  const [type, ...rest] = node.namedChildren.filter((child) => child !== null);
  const labels: string[] = [];
  for (const child of rest) {
    if (child.type === "identifier") labels.push(child.text);
    else if (child.type === "string_lit")
      labels.push(child.namedChildren.find((part) => part?.type === "template_literal")?.text ?? "");
    else break;
  }
  const body = rest.find((child) => child.type === "body");
  const content = body ? bodyContent(body, placeOf) : { attributes: new Map<string, Attribute>(), blocks: [] };
  return { type: type?.text ?? "", labels, place: placeOf(node), ...content };
}

/** The outermost faulty places; inside one fault the parser finds many more that say nothing new. */
function collectErrors(node: Node, placeOf: PlaceOf, into: SourcePlace[]): void {
  if (node.isError || node.isMissing) {
    into.push(placeOf(node));
    return;
  }
  for (const child of node.children)
    if (child && (child.hasError || child.isMissing)) collectErrors(child, placeOf, into);
}
