import type { Block, SourceFile } from "./syntax-tree.ts";

/**
 * What a file of configuration says, without comments, space and blocks that tell where the state is kept. Equal for files
 * that do the same; empty for one that does nothing.
 */
export function saysOf({ text, blocks }: Pick<SourceFile, "text" | "blocks">): string {
  let kept = text;
  for (const settings of blocks)
    if (settings.type === "terraform")
      for (const inner of settings.blocks.toReversed()) if (keepsState(inner)) kept = cut(kept, inner);
  const bare = kept.replaceAll(/\/\*[\s\S]*?\*\/|^\s*(?:#|\/\/).*$/gm, "").replaceAll(/\s+/g, "");
  return bare.replaceAll("terraform{}", "");
}

/** Whether a block of `terraform` tells where the state is kept: Plumbline keeps it itself. */
export function keepsState({ type }: Pick<Block, "type">): boolean {
  return type === "backend" || type === "cloud";
}

function cut(text: string, { start, end }: Block): string {
  return text.slice(0, start) + " ".repeat(Math.max(0, end - start)) + text.slice(end);
}
