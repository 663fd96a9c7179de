import type { SourcePlace } from "@plumbline/contract/findings";
import type { Span } from "../evaluation/syntax/expression.ts";
import type { Json } from "../resources/json.ts";

/** One file with where everything stands in it. `attributes` are those outside blocks, as in tfvars. */
export interface SourceFile {
  path: string;
  text: string;
  lines: readonly string[];
  attributes: ReadonlyMap<string, Attribute>;
  blocks: readonly Block[];
  errors: readonly SourceFault[];
}

/** What the file cannot be read for, and where. */
export interface SourceFault extends SourcePlace {
  message: string;
}

export interface Block extends Span {
  type: string;
  labels: readonly string[];
  place: SourcePlace;
  /** Offset behind the brace that opens it. */
  inside: number;
  attributes: ReadonlyMap<string, Attribute>;
  blocks: readonly Block[];
}

export interface Attribute extends Span {
  name: string;
  /** Where the attribute begins, its name first. */
  place: SourcePlace;
  value: Expression;
}

/** An HCL expression, as far as rules over sources and chains need it. */
export type Expression = Span & ExpressionKind;

type ExpressionKind =
  | { kind: "literal"; value: Json; place: SourcePlace }
  | { kind: "reference"; steps: readonly (string | number)[]; inner: readonly Expression[]; place: SourcePlace }
  | { kind: "object"; entries: readonly Entry[]; place: SourcePlace }
  | { kind: "tuple"; inner: readonly Expression[]; place: SourcePlace }
  | { kind: "call"; name: string; inner: readonly Expression[]; place: SourcePlace }
  | { kind: "operation"; operator: string; inner: readonly Expression[]; place: SourcePlace }
  | { kind: "index"; inner: readonly Expression[]; place: SourcePlace }
  | { kind: "other"; inner: readonly Expression[]; place: SourcePlace };

/** `key` is undefined where it is computed. */
export interface Entry extends Span {
  key?: string;
  value: Expression;
  place: SourcePlace;
}

/** The expression and everything inside it. */
export function* walk(expression: Expression): Generator<Expression> {
  yield expression;
  if (expression.kind === "object") for (const entry of expression.entries) yield* walk(entry.value);
  else if (expression.kind !== "literal") for (const inner of expression.inner) yield* walk(inner);
}

/** Every block of a file or a block, the outer before the inner. */
export function* blocksWithin(blocks: readonly Block[]): Generator<Block> {
  for (const block of blocks) {
    yield block;
    yield* blocksWithin(block.blocks);
  }
}

/** The value where it is written out without any reference. */
export function literalValue(expression: Expression): Json | undefined {
  if (expression.kind === "literal") return expression.value;
  if (expression.kind === "tuple") {
    const items = expression.inner.map(literalValue);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (expression.kind !== "object") return undefined;
  const entries: [string, Json][] = [];
  for (const entry of expression.entries) {
    const value = literalValue(entry.value);
    if (entry.key === undefined || value === undefined) return undefined;
    entries.push([entry.key, value]);
  }
  return Object.fromEntries(entries);
}
