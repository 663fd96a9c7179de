import type { Resource } from "../resources/resource.ts";
import { blockOf, frameAt } from "./source-index.ts";
import type { SourceIndex } from "./source-index.ts";

/** Adds which nested blocks are made by `dynamic`: the plan's configuration does not show them. */
export function withDynamicBlocks(index: SourceIndex, resource: Resource): Resource {
  if (!resource.configured) return resource;
  const { frame, complete } = frameAt(index, resource.moduleAddress);
  const block = complete ? blockOf(frame.module, resource.type, resource.name) : undefined;
  if (!block) return resource;
  const dynamicBlocks = new Set(
    block.blocks.filter((nested) => nested.type === "dynamic").map((nested) => nested.labels[0] ?? ""),
  );
  return { ...resource, configured: { ...resource.configured, dynamicBlocks } };
}
