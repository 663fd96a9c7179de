import { canonicalJson } from "@plumbline/contract/canonical-json";
import { isObject } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { formatPath } from "../vocabulary/path.ts";
import type { Step } from "../vocabulary/path.ts";
import { chooseBlock } from "./locate.ts";
import { blocksOf, frameAt } from "./source-index.ts";
import type { SourceIndex } from "./source-index.ts";
import type { Attribute, Block } from "./syntax-tree.ts";

/** So many attributes of a resource are shown; more lines nobody reads. */
const most = 200;

/**
 * On which lines of its block's file the attributes of a resource are set, by path as HCL writes it: `tags.Name`,
 * `ingress[1].port`. Only those that are not as `before`. Left out is what stands in another file (overrides, modules from
 * elsewhere) or in the JSON syntax.
 */
export function attributeLines(index: SourceIndex, resource: Resource, before: Json): Record<string, number> {
  const { frame, complete } = frameAt(index, resource.moduleAddress);
  const [block, ...overrides] = complete ? blocksOf(frame.module, resource.type, resource.name) : [];
  if (block === undefined || block.place.file.endsWith(".json")) return {};
  const overridden = new Set(
    overrides.flatMap(({ attributes, blocks }) => [...attributes.keys(), ...blocks.map(blockName)]),
  );
  const changed = Object.keys(resource.values).filter(
    (name) => !overridden.has(name) && !isSame(resource, before, name),
  );
  const unknown = Object.keys(resource.unknown).filter((name) => !overridden.has(name));
  const lines = linesIn(block, resource.values, new Set([...changed, ...unknown]), []);
  return Object.fromEntries(lines.slice(0, most));
}

function isSame({ values }: Resource, before: Json, name: string): boolean {
  return (
    isObject(before) &&
    Object.hasOwn(before, name) &&
    canonicalJson(before[name] ?? null) === canonicalJson(values[name] ?? null)
  );
}

/** The name of a nested block: a `dynamic` one carries it as its label. */
function blockName({ type, labels }: Block): string {
  return type === "dynamic" ? (labels[0] ?? "") : type;
}

function linesIn(
  block: Block,
  values: JsonObject,
  wanted: ReadonlySet<string> | undefined,
  path: readonly Step[],
): [string, number][] {
  const found: [string, number][] = [];
  for (const attribute of block.attributes.values()) {
    const isIterated = block.type === "dynamic" && attribute.name === "for_each";
    if (wanted?.has(attribute.name) !== false && !isIterated)
      found.push(...linesOf(attribute, [...path, attribute.name]));
  }
  for (const name of new Set(block.blocks.map(blockName))) {
    const elements = values[name];
    if (wanted?.has(name) === false || !Array.isArray(elements)) continue;
    elements.forEach((element, position) => {
      const nested = chooseBlock(block, name, position, element);
      if (nested !== undefined && isObject(element))
        found.push(...linesIn(nested, element, undefined, [...path, name, position]));
    });
  }
  return found;
}

/** The line of an attribute, and those of the entries of a map that is written out over several lines. */
function linesOf({ place, value }: Attribute, path: readonly Step[]): [string, number][] {
  const entries = value.kind === "object" ? value.entries : [];
  return [
    [formatPath(path), place.line],
    ...entries.flatMap(({ key, place: { line } }): [string, number][] =>
      key === undefined || line === place.line ? [] : [[formatPath([...path, key]), line]],
    ),
  ];
}
