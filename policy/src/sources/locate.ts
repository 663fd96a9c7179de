import type { SourcePlace } from "@plumbline/contract/findings";
import { isObject } from "../resources/json.ts";
import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { parsePath } from "../vocabulary/path.ts";
import type { Step } from "../vocabulary/path.ts";
import { readValue } from "../vocabulary/read.ts";
import { blockOf, frameAt } from "./source-index.ts";
import type { ModuleFrame, SourceIndex } from "./source-index.ts";
import { literalValue } from "./syntax-tree.ts";
import type { Attribute, Block, Expression } from "./syntax-tree.ts";

/** Where an attribute of a resource stands, and the expression there; without one it is missing and the place is its block's. */
export interface Located {
  place: SourcePlace;
  frame: ModuleFrame;
  /** The innermost block: what `each` and the iterator of a `dynamic` mean. */
  blocks: readonly Block[];
  expression?: Expression;
  /** Which instance of its block the resource is. */
  instance?: string | number;
  /** Steps of the path inside the expression that could not be followed in it. */
  rest: readonly Step[];
}

/** Looks up the attribute in the sources. A module from elsewhere is shown by its call. */
export function locate(index: SourceIndex, resource: Resource, attribute: string | undefined): Located | undefined {
  const { frame, call, complete } = frameAt(index, resource.moduleAddress);
  if (!complete) return call ? { place: headOf(call.place), frame, blocks: [call], rest: [] } : undefined;
  const block = blockOf(frame.module, resource.type, resource.name);
  if (!block) return undefined;
  const steps = attribute === undefined ? [] : parsePath(attribute);
  const { index: instance } = resource;
  return { ...inBlock(frame, [block], steps, [], resource), ...(instance === undefined ? {} : { instance }) };
}

function inBlock(
  frame: ModuleFrame,
  blocks: readonly Block[],
  steps: readonly Step[],
  seen: readonly Step[],
  resource: Resource,
): Located {
  const block = blocks[0];
  if (!block) throw new Error("locating begins at a block");
  const [name, ...rest] = steps;
  const missing = { place: headOf(block.place), frame, blocks, rest };
  if (typeof name !== "string") return missing;
  const attribute = block.attributes.get(name);
  if (attribute) return inAttribute(frame, blocks, attribute, rest, [...seen, name], resource);
  const [position, ...inner] = typeof rest[0] === "number" ? rest : [0, ...rest];
  const path = [...seen, name];
  const value = readValue(resource, typeof rest[0] === "number" ? [...path, rest[0]] : path);
  const nested = chooseBlock(block, name, Number(position), value.known ? value.value : null);
  if (!nested) return missing;
  return inBlock(frame, [nested, ...blocks], inner, [...path, Number(position)], resource);
}

/** The nested block that made this element. Sets come in another order than the code's, so values decide before positions. */
export function chooseBlock(block: Block, name: string, position: number, element: Json): Block | undefined {
  const direct = block.blocks.filter((nested) => nested.type === name);
  const made = block.blocks
    .filter((nested) => nested.type === "dynamic" && nested.labels[0] === name)
    .flatMap((nested) =>
      nested.blocks.filter((inner) => inner.type === "content").map((content) => withDynamic(nested, content)),
    );
  const candidates = [...direct, ...made];
  const scored = candidates.map((candidate) => ({ candidate, score: agreement(candidate.attributes, element) }));
  const best = Math.max(...scored.map(({ score }) => score));
  const fitting = scored.filter(({ score }) => score === best).map(({ candidate }) => candidate);
  return fitting.length === 1
    ? fitting[0]
    : (fitting.find((candidate) => candidate === candidates[position]) ?? fitting[0]);
}

/** The content of a `dynamic` block, carrying its `for_each` so that `<name>.value` can be followed. */
function withDynamic(dynamic: Block, content: Block): Block {
  const forEach = dynamic.attributes.get("for_each");
  return {
    ...content,
    type: "dynamic",
    labels: dynamic.labels,
    attributes: forEach ? new Map([...content.attributes, ["for_each", forEach]]) : content.attributes,
  };
}

/** How many literals agree with the element; a literal that differs weighs against it. */
function agreement(attributes: ReadonlyMap<string, Attribute>, element: Json): number {
  if (!isObject(element)) return 0;
  let score = 0;
  for (const [name, attribute] of attributes) {
    const literal = literalValue(attribute.value);
    if (literal === undefined || !Object.hasOwn(element, name)) continue;
    const [left, right] = [normal(literal), normal(element[name] ?? null)];
    score += left === right ? 1 : -10;
  }
  return score;
}

function normal(value: Json): string {
  return Array.isArray(value)
    ? JSON.stringify(value.map(normal).sort())
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
}

function inAttribute(
  frame: ModuleFrame,
  blocks: readonly Block[],
  attribute: Attribute,
  steps: readonly Step[],
  path: readonly Step[],
  resource: Resource,
): Located {
  const found = descend(attribute.value, steps, (position) => {
    const value = readValue(resource, [...path, position]);
    return value.known ? value.value : null;
  });
  const place = found.entry ?? (found.expression === attribute.value ? attribute.place : found.expression.place);
  return { place, frame, blocks, expression: found.expression, rest: found.rest };
}

/** Follows steps into literals of lists and maps as far as they go. `elementAt` tells which element a position means. */
export function descend(
  start: Expression,
  steps: readonly Step[],
  elementAt: (position: number) => Json = () => null,
): { expression: Expression; entry?: SourcePlace; rest: readonly Step[] } {
  let expression = start;
  let entry: SourcePlace | undefined;
  let rest = [...steps];
  for (;;) {
    const [step] = rest;
    if (step === undefined) break;
    if (expression.kind === "tuple" && typeof step === "number") {
      const items = expression.inner;
      const best = chooseItem(items, step, elementAt(step));
      if (!best) break;
      expression = best;
      entry = undefined;
    } else if (expression.kind === "object" && typeof step === "string") {
      const found = expression.entries.find((candidate) => candidate.key === step);
      if (!found) break;
      expression = found.value;
      entry = found.place;
    } else if (!(expression.kind === "object" && step === 0)) break;
    // In the JSON syntax a nested block that stands once is written without a list around it.
    rest = rest.slice(1);
  }
  return { expression, ...(entry ? { entry } : {}), rest };
}

function chooseItem(items: readonly Expression[], position: number, element: Json): Expression | undefined {
  if (!isObject(element)) return items[position];
  const scored = items.map((item) => ({
    item,
    score: item.kind === "object" ? agreement(attributesOf(item), element) : 0,
  }));
  const best = Math.max(...scored.map(({ score }) => score));
  const fitting = scored.filter(({ score }) => score === best).map(({ item }) => item);
  const own = items[position];
  return own && fitting.includes(own) ? own : fitting[0];
}

function attributesOf(object: Expression & { kind: "object" }): Map<string, Attribute> {
  return new Map(
    object.entries.flatMap((entry) => (entry.key === undefined ? [] : [[entry.key, { ...entry, name: entry.key }]])),
  );
}

/** Where something is missing the first line of its block is enough. */
function headOf(place: SourcePlace): SourcePlace {
  const { endLine: _, ...head } = place;
  return head;
}
