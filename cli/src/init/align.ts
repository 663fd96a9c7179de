import { literalValue } from "@plumbline/policy/sources/syntax-tree";
import type { Attribute, Block, SourceFile } from "@plumbline/policy/sources/syntax-tree";

/** An attribute that has another written-out value in each file. */
export interface Difference {
  /** Names of the blocks around it and its own: `vpc`, `tags`. */
  path: string[];
  /** One for each file, in their order. */
  attributes: Attribute[];
}

/** Blocks whose attributes must be written out: no variable may stand there. */
const fixed = new Set(["terraform", "lifecycle", "variable", "moved", "import", "removed", "required_providers"]);

/**
 * Compares files that say the same but for values that are written out. Undefined where they differ in anything else: then
 * no variables could make them one. Backends do not count.
 */
export function align(files: readonly SourceFile[]): Difference[] | undefined {
  if (files.some(({ errors }) => errors.length > 0)) return undefined;
  return alignBodies(
    files.map(({ text, blocks }) => ({ text, blocks, attributes: new Map() })),
    [],
    false,
  );
}

interface Body {
  text: string;
  blocks: readonly Block[];
  attributes: ReadonlyMap<string, Attribute>;
}

function alignBodies(bodies: readonly Body[], path: string[], isFixed: boolean): Difference[] | undefined {
  const [first, ...others] = bodies;
  if (first === undefined) return [];
  const inner = bodies.map(({ blocks }) => blocks.filter(({ type }) => type !== "backend" && type !== "cloud"));
  const [firstInner = [], ...otherInner] = inner;
  if (otherInner.some((blocks) => blocks.length !== firstInner.length)) return undefined;
  if (others.some(({ attributes }) => attributes.size !== first.attributes.size)) return undefined;
  const found: Difference[] = [];
  for (const [name] of first.attributes) {
    const same = bodies.map(({ attributes }) => attributes.get(name)).filter((one) => one !== undefined);
    if (same.length !== bodies.length) return undefined;
    if (new Set(same.map((attribute, index) => textOf(bodies[index]?.text ?? "", attribute))).size === 1) continue;
    const mayVary = !isFixed && name !== "source" && name !== "version" && name !== "providers";
    if (!mayVary || same.some(({ value }) => (literalValue(value) ?? null) === null)) return undefined;
    found.push({ path: [...path, name], attributes: same });
  }
  for (const [index, block] of firstInner.entries()) {
    const blocks = inner.map((list) => list[index]).filter((one) => one !== undefined);
    const header = (one: Block) => JSON.stringify([one.type, one.labels]);
    if (new Set(blocks.map(header)).size !== 1) return undefined;
    const nested = alignBodies(
      blocks.map((one, at) => ({ text: bodies[at]?.text ?? "", blocks: one.blocks, attributes: one.attributes })),
      [...path, block.labels.at(-1) ?? block.type],
      isFixed || fixed.has(block.type),
    );
    if (nested === undefined) return undefined;
    found.push(...nested);
  }
  return found;
}

/** An attribute's value as it is written, without space. */
function textOf(text: string, { value }: Attribute): string {
  return text.slice(value.start, value.end).replaceAll(/\s+/g, " ");
}
