import type { SourceFile } from "../sources/syntax-tree.ts";
import { blocksWithin, walk } from "../sources/syntax-tree.ts";
import { antiPatternRules } from "./anti-pattern-rules.ts";
import type { LintHit } from "./lint-rules.ts";

/** Ids that clouds give: accounts inside ARNs, generated ids, subscriptions. */
const ids: readonly RegExp[] = [
  /arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:\d{12}:/,
  /(?<![A-Za-z0-9_-])(?:vpc|subnet|sg|ami|eni|eipalloc|rtb|igw|nat|vpce|pcx|tgw|acl|vol|snap|i)-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![A-Za-z0-9_-])/,
  /\/subscriptions\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:\/|$)/i,
];

/** Blocks whose values are what the code does; a default is a value that can be set otherwise, checks name examples. */
const looked = new Set(["resource", "data", "module", "locals", "provider"]);

/** Texts in code, not in values, that name an account or a resource of one by its id. */
export function findHardCodedIds(file: SourceFile): LintHit[] {
  const hits: LintHit[] = [];
  for (const top of file.blocks.filter(({ type }) => looked.has(type)))
    for (const block of blocksWithin([top]))
      for (const attribute of block.attributes.values()) {
        const found = [...walk(attribute.value)].find((inner) => {
          const value = inner.kind === "literal" ? inner.value : undefined;
          return typeof value === "string" && ids.some((id) => id.test(value));
        });
        if (found === undefined) continue;
        hits.push({
          rule: antiPatternRules.hardCodedId,
          place: found.place,
          attribute: attribute.name,
          key: [top.type, ...top.labels, block.type, attribute.name].join(" "),
        });
      }
  return hits;
}
