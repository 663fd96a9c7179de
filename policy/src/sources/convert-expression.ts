import type { SourcePlace } from "@plumbline/contract/findings";
import { childrenOf } from "../evaluation/syntax/expression.ts";
import type { Expression as Parsed, Span } from "../evaluation/syntax/expression.ts";
import type { Places } from "./places.ts";
import type { Entry, Expression } from "./syntax-tree.ts";

type Access = Parsed & { kind: "attribute" | "index" | "splat" };

/** What the evaluation knows of an expression, cut down to what chains and rules over sources look at. */
export function toExpression(parsed: Parsed, places: Places): Expression {
  const at: Placed = { place: places.at(parsed.start, parsed.end), start: parsed.start, end: parsed.end };
  const convert = (inner: Parsed): Expression => toExpression(inner, places);
  switch (parsed.kind) {
    case "literal":
      return { kind: "literal", value: parsed.value, ...at };
    case "variable":
      return { kind: "reference", steps: [parsed.name], inner: [], ...at };
    case "attribute":
    case "index":
    case "splat":
      return toAccess(parsed, convert, at);
    case "tuple":
      return { kind: "tuple", inner: parsed.items.map(convert), ...at };
    case "object":
      return { kind: "object", entries: parsed.entries.map((entry) => toEntry(entry, convert, places)), ...at };
    case "call":
      return { kind: "call", name: parsed.name, inner: parsed.arguments.map(convert), ...at };
    case "unary":
      if (parsed.operator === "-" && parsed.operand.kind === "literal" && typeof parsed.operand.value === "number")
        return { kind: "literal", value: -parsed.operand.value, ...at };
      return { kind: "operation", operator: parsed.operator, inner: [convert(parsed.operand)], ...at };
    case "binary":
      return {
        kind: "operation",
        operator: parsed.operator,
        inner: [convert(parsed.left), convert(parsed.right)],
        ...at,
      };
    default:
      return { kind: "other", inner: childrenOf(parsed).map(convert), ...at };
  }
}

interface Placed extends Span {
  place: SourcePlace;
}

/** `var.sizes["a"].cpu`, `local.x[var.env]`, `{ … }[var.env]`: a reference as far as it is written out, else an index. */
function toAccess(parsed: Access, convert: (inner: Parsed) => Expression, at: Placed): Expression {
  const accesses: Access[] = [];
  let base: Parsed = parsed;
  while (base.kind === "attribute" || base.kind === "index" || base.kind === "splat") {
    accesses.unshift(base);
    base = base.of;
  }
  const steps: (string | number)[] = [];
  const inner: Expression[] = [];
  let computed = base.kind !== "variable";
  for (const access of accesses) {
    const step = stepOf(access);
    if (step !== undefined && !computed) steps.push(step);
    if (step !== undefined) continue;
    computed = true;
    if (access.kind === "index") inner.push(convert(access.key));
    if (access.kind === "splat" && access.each.kind !== "item") inner.push(convert(access.each));
  }
  if (base.kind !== "variable") return { kind: "index", inner: [convert(base), ...inner], ...at };
  const reference: Expression = { kind: "reference", steps: [base.name, ...steps], inner: [], ...at };
  return computed ? { kind: "index", inner: [reference, ...inner], ...at } : reference;
}

/** A name or a position that is written out. */
function stepOf(access: Access): string | number | undefined {
  if (access.kind === "attribute") return access.name;
  if (access.kind !== "index" || access.key.kind !== "literal") return undefined;
  const { value } = access.key;
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

function toEntry(
  { key, value, start, end }: Span & { key: Parsed; value: Parsed },
  convert: (inner: Parsed) => Expression,
  places: Places,
): Entry {
  const placed = { value: convert(value), place: places.at(start, end), start, end };
  if (key.kind !== "literal") return placed;
  return { key: typeof key.value === "string" ? key.value : JSON.stringify(key.value), ...placed };
}
