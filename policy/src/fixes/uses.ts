import type { Hop } from "../sources/follow.ts";
import type { SourceIndex } from "../sources/source-index.ts";
import { blocksWithin, walk } from "../sources/syntax-tree.ts";

/** How often the code of a module refers to a variable or a local of it; `for_each` and modules are never one's own. */
export function usesOf(index: SourceIndex, hop: Hop): number {
  if (hop.root !== "var" && hop.root !== "local") return Number.POSITIVE_INFINITY;
  const { blocks } = index.moduleAt(hop.directory);
  let uses = 0;
  for (const block of blocksWithin(blocks))
    for (const attribute of block.attributes.values())
      for (const inner of walk(attribute.value))
        if (inner.kind === "reference" && inner.steps[0] === hop.root && inner.steps[1] === hop.name) uses += 1;
  return uses;
}
