import { iterate } from "../expressions/loops.ts";
import type { Scope } from "../expressions/scope.ts";
import { withNames } from "../expressions/scope.ts";
import type { Block, Body } from "../syntax/body.ts";
import { ListValue, MapValue, Unknown } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { namespace } from "./expansion.ts";
import { metaAttributes, metaBlocks } from "./references.ts";
import type { World } from "./world.ts";

/** The attributes of a body, and its nested blocks as lists, those made by `dynamic` among them. */
export function valuesOf(world: World, body: Body, scope: Scope, address: string): MapValue {
  const entries = new Map<string, Value>();
  for (const { name, place, value } of body.attributes.values())
    if (!metaAttributes.has(name)) entries.set(name, world.value(value, place, scope, address));
  const lists = new Map<string, Value[]>();
  for (const block of body.blocks) {
    if (metaBlocks.has(block.type)) continue;
    const type = block.type === "dynamic" ? (block.labels[0] ?? "") : block.type;
    const list = lists.get(type) ?? [];
    lists.set(type, list);
    if (block.type === "dynamic") list.push(...dynamicBlocks(world, block, scope, address));
    else list.push(valuesOf(world, block.body, scope, address));
  }
  for (const [type, list] of lists) {
    // Nothing but blocks that there may be: not even whether there are any is known.
    entries.set(
      type,
      list.length > 0 && list.every((item) => item instanceof Unknown) ? new Unknown() : new ListValue(list),
    );
  }
  return new MapValue(entries);
}

/** The blocks that a `dynamic` makes; one unknown block where it is not known how many. */
function dynamicBlocks(world: World, block: Block, scope: Scope, address: string): Value[] {
  const content = block.body.blocks.find((inner) => inner.type === "content");
  const forEach = block.body.attributes.get("for_each");
  if (!content || !forEach) return [];
  const collection = world.value(forEach.value, forEach.place, scope, address);
  // In which order a set's elements come does not matter to blocks.
  const elements = world.attempt(forEach.place, address, () => iterate(collection, false));
  if (!elements) return [new Unknown()];
  const given = block.body.attributes.get("iterator")?.value;
  const name = given?.kind === "variable" ? given.name : (block.labels[0] ?? "");
  return elements.map(([key, value]) => {
    const inner = withNames(scope, new Map([[name, namespace({ key, value })]]));
    return valuesOf(world, content.body, inner, address);
  });
}
