import type { Resource } from "../resources/resource.ts";
import { blocksOf, frameAt } from "./source-index.ts";
import type { SourceIndex } from "./source-index.ts";

/** Adds which nested blocks are made by `dynamic`: the plan's configuration does not show them. */
export function withDynamicBlocks(index: SourceIndex, resource: Resource): Resource {
  if (!resource.configured) return resource;
  const { frame, complete } = frameAt(index, resource.moduleAddress);
  const blocks = complete ? blocksOf(frame.module, resource.type, resource.name) : [];
  if (blocks.length === 0) return resource;
  const nested = blocks.flatMap((block) => block.blocks);
  const dynamicBlocks = new Set(nested.filter(({ type }) => type === "dynamic").map(({ labels }) => labels[0] ?? ""));
  return { ...resource, configured: { ...resource.configured, dynamicBlocks } };
}
