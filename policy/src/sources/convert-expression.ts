import type { Node } from "web-tree-sitter";
import type { PlaceOf } from "./convert.ts";
import type { Entry, Expression } from "./syntax-tree.ts";

/** Nodes that only wrap another one. */
const wrappers = new Set(["expression", "literal_value", "collection_value", "template_expr", "operation"]);

/** Nodes without meaning of their own. `identifier` is not among them: a name can be an operand. */
const tokens = /^(?:comment|ellipsis|strip_marker|.*_(?:start|end))$/;

/** One `expression` node, or any node inside one. */
export function toExpression(node: Node, placeOf: PlaceOf): Expression {
  const children = named(node);
  if (node.type === "expression" && children.length > 1 && children.slice(1).every(isAccess))
    return toAccess(node, children, placeOf);
  if (wrappers.has(node.type)) {
    const [only] = children;
    if (only && children.length === 1) return toExpression(only, placeOf);
  }
  const place = placeOf(node);
  const inner = (nodes: Node[]): Expression[] => toOperands(nodes, placeOf);
  switch (node.type) {
    case "string_lit":
    case "numeric_lit":
    case "bool_lit":
    case "null_lit":
      return { kind: "literal", value: literal(node), place };
    case "quoted_template":
    case "heredoc_template":
      return toTemplate(node, children, placeOf);
    case "variable_expr":
      return { kind: "reference", steps: [node.text], inner: [], place };
    case "object":
      return {
        kind: "object",
        entries: children.filter((child) => child.type === "object_elem").map((child) => toEntry(child, placeOf)),
        place,
      };
    case "tuple":
      return { kind: "tuple", inner: inner(children.filter((child) => child.type === "expression")), place };
    case "function_call": {
      const list = children.find((child) => child.type === "function_arguments");
      return {
        kind: "call",
        name: children[0]?.text ?? "",
        inner: list ? inner(named(list).filter((child) => child.type === "expression")) : [],
        place,
      };
    }
    case "binary_operation":
    case "unary_operation":
      return toOperation(node, children, placeOf);
    default:
      return { kind: "other", inner: inner(children), place };
  }
}

function named(node: Node): Node[] {
  return node.namedChildren.filter((child) => child !== null).filter((child) => !tokens.test(child.type));
}

/** Expressions side by side; inside an operation the accesses of an operand are its neighbours, not its children. */
function toOperands(nodes: readonly Node[], placeOf: PlaceOf): Expression[] {
  const operands: Node[][] = [];
  for (const node of nodes) {
    const last = operands.at(-1);
    if (last && isAccess(node)) last.push(node);
    else operands.push([node]);
  }
  return operands.flatMap((operand) => {
    const [head] = operand;
    if (!head) return [];
    return [operand.length > 1 ? toAccess(head, operand, placeOf) : toExpression(head, placeOf)];
  });
}

function isAccess(node: Node): boolean {
  return ["get_attr", "index", "splat"].includes(node.type);
}

/** `var.sizes["a"].cpu`, `local.x[var.env]`, `{ … }[var.env]`. */
function toAccess(node: Node, children: Node[], placeOf: PlaceOf): Expression {
  const place = placeOf(node);
  const [head, ...accesses] = children;
  const steps: (string | number)[] = [];
  const inner: Expression[] = [];
  if (head?.type === "variable_expr") steps.push(head.text);
  else if (head) inner.push(toExpression(head, placeOf));
  let computed = false;
  for (const access of accesses) {
    const step = toStep(access, placeOf);
    if (typeof step === "object") {
      inner.push(step);
      computed = true;
    } else if (!computed && step !== undefined) steps.push(step);
    else computed = true;
  }
  const reference: Expression = { kind: "reference", steps, inner, place };
  if (!computed && steps.length > 0 && inner.length === 0) return reference;
  return { kind: "index", inner: steps.length > 0 ? [{ ...reference, inner: [] }, ...inner] : inner, place };
}

/** A name, a position, or the expression inside the brackets; undefined for a splat. */
function toStep(node: Node, placeOf: PlaceOf): string | number | Expression | undefined {
  if (node.type === "get_attr") return named(node)[0]?.text;
  if (node.type !== "index") return undefined;
  const [bracket] = named(node);
  if (!bracket) return undefined;
  if (bracket.type === "legacy_index") return Number(bracket.text.replace(/^\./, ""));
  const [content] = named(bracket);
  if (!content) return undefined;
  const key = toExpression(content, placeOf);
  if (key.kind === "literal" && (typeof key.value === "string" || typeof key.value === "number")) return key.value;
  return key;
}

function toEntry(node: Node, placeOf: PlaceOf): Entry {
  const [keyNode, valueNode] = named(node);
  const place = placeOf(node);
  const value: Expression = valueNode ? toExpression(valueNode, placeOf) : { kind: "other", inner: [], place };
  const key = keyNode ? toExpression(keyNode, placeOf) : undefined;
  if (key?.kind === "literal")
    return { key: typeof key.value === "string" ? key.value : JSON.stringify(key.value), value, place };
  const bare = key?.kind === "reference" && key.steps.length === 1 && !keyNode?.text.startsWith("(");
  return bare ? { key: String(key.steps[0]), value, place } : { value, place };
}

function toTemplate(node: Node, children: Node[], placeOf: PlaceOf): Expression {
  const place = placeOf(node);
  const parts = children.filter(
    (child) => child.type === "template_interpolation" || child.type === "template_directive",
  );
  if (parts.length > 0) return { kind: "other", inner: toOperands(parts, placeOf), place };
  const text = children
    .filter((child) => child.type === "template_literal")
    .map((child) => child.text)
    .join("");
  return { kind: "literal", value: node.type === "heredoc_template" ? text : unescape(text), place };
}

function toOperation(node: Node, children: Node[], placeOf: PlaceOf): Expression {
  const operator =
    node.children.find((child) => child && !child.isNamed && !["(", ")"].includes(child.type))?.type ?? "";
  const inner = toOperands(children, placeOf);
  const [only] = inner;
  if (operator === "-" && inner.length === 1 && only?.kind === "literal" && typeof only.value === "number")
    return { kind: "literal", value: -only.value, place: placeOf(node) };
  return { kind: "operation", operator, inner, place: placeOf(node) };
}

function literal(node: Node): string | number | boolean | null {
  if (node.type === "null_lit") return null;
  if (node.type === "bool_lit") return node.text === "true";
  if (node.type === "numeric_lit") return Number(node.text);
  return unescape(
    named(node)
      .filter((child) => child.type === "template_literal")
      .map((child) => child.text)
      .join(""),
  );
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescape(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))|([$%])\3\{/g, (_, code: string, letter: string, sign: string) => {
    if (code) return String.fromCodePoint(Number.parseInt(code, 16));
    if (sign) return `${sign}{`;
    return escapes[letter] ?? letter;
  });
}
