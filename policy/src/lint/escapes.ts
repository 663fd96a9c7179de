import { blocksWithin, walk } from "../sources/syntax-tree.ts";
import type { SourceFile } from "../sources/syntax-tree.ts";
import { antiPatternRules } from "./anti-pattern-rules.ts";
import type { LintHit } from "./lint-rules.ts";

const changing = new Set(["timestamp", "uuid", "bcrypt"]);

/** Ways around what the engine promises: changes that are ignored, programs that are run, values that never rest. */
export function findEscapes(file: SourceFile): LintHit[] {
  const hits: LintHit[] = [];
  for (const top of file.blocks) {
    const address = [top.type, ...top.labels].join(" ");
    if (top.type === "data" && top.labels[0] === "external")
      hits.push({ rule: antiPatternRules.externalData, place: top.place, key: address });
    const lifecycles = top.blocks.filter(({ type }) => type === "lifecycle");
    for (const lifecycle of lifecycles) {
      const ignored = lifecycle.attributes.get("ignore_changes");
      if (ignored?.value.kind === "reference" && ignored.value.steps.join(".") === "all")
        hits.push({
          rule: antiPatternRules.ignoreAll,
          place: ignored.place,
          attribute: "ignore_changes",
          key: address,
        });
    }
    for (const [position, block] of top.blocks.filter(({ type }) => type === "provisioner").entries())
      hits.push({
        rule: antiPatternRules.provisioner,
        place: block.place,
        key: `${address} ${block.labels.join(" ")} ${position}`,
        title: `A ${block.labels[0] ?? ""} provisioner runs a program`,
      });
    if (top.type !== "resource" && top.type !== "locals" && top.type !== "module") continue;
    if (lifecycles.some(({ attributes }) => attributes.has("ignore_changes"))) continue;
    for (const block of blocksWithin([top]))
      for (const attribute of block.attributes.values()) {
        const call = [...walk(attribute.value)].find((inner) => inner.kind === "call" && changing.has(inner.name));
        if (call)
          hits.push({
            rule: antiPatternRules.alwaysChanging,
            place: call.place,
            attribute: attribute.name,
            key: `${address} ${block.type} ${attribute.name}`,
          });
      }
  }
  return hits;
}
