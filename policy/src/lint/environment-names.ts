import { blocksWithin, walk } from "../sources/syntax-tree.ts";
import type { Block, Expression, SourceFile } from "../sources/syntax-tree.ts";
import { lintRules } from "./lint-rules.ts";
import type { LintHit } from "./lint-rules.ts";

/** Functions that compare strings. */
const comparing = new Set(["contains", "startswith", "endswith", "strcontains", "regex", "regexall"]);

/**
 * Places where code decides by an environment's name: a comparison with one, a search for one, or a map keyed by several
 * of them. `validation` blocks may list the names: they refuse values, they choose none.
 */
export function findEnvironmentNames(file: SourceFile, environments: readonly string[]): LintHit[] {
  const names = new Set(environments.flatMap((name) => [name, name.slice(name.lastIndexOf("/") + 1)]));
  const hits: LintHit[] = [];
  // Most files name none, and looking at every expression is what costs.
  if (![...names].some((name) => file.text.includes(name))) return hits;
  const refusing = new Set<Block>();
  for (const block of blocksWithin(file.blocks)) {
    if (block.type === "validation") refusing.add(block);
    if (refusing.has(block)) continue;
    for (const attribute of block.attributes.values())
      for (const [position, expression] of [...walk(attribute.value)]
        .filter((inner) => decides(inner, names))
        .entries()) {
        hits.push({
          rule: lintRules.environmentName,
          place: expression.place,
          attribute: attribute.name,
          key: [block.type, ...block.labels, attribute.name, position].join(" "),
        });
      }
  }
  return hits;
}

function decides(expression: Expression, names: ReadonlySet<string>): boolean {
  switch (expression.kind) {
    case "operation":
      return ["==", "!="].includes(expression.operator) && comparesName(expression.inner, names);
    case "call":
      return comparing.has(expression.name) && comparesName(expression.inner, names);
    case "object":
      return expression.entries.filter((entry) => entry.key !== undefined && names.has(entry.key)).length >= 2;
    case "index":
      return (
        expression.inner[0]?.kind === "object" &&
        expression.inner[0].entries.filter((entry) => entry.key !== undefined && names.has(entry.key)).length === 1
      );
    default:
      return false;
  }
}

/** One side is a name, or a list with one, and another side is something that can vary. */
function comparesName(sides: readonly Expression[], names: ReadonlySet<string>): boolean {
  const named = sides.filter((side) => holdsName(side, names));
  return (
    named.length > 0 &&
    sides.some((side) => !named.includes(side) && [...walk(side)].some((inner) => inner.kind === "reference"))
  );
}

function holdsName(expression: Expression, names: ReadonlySet<string>): boolean {
  if (expression.kind === "tuple") return expression.inner.some((item) => holdsName(item, names));
  if (expression.kind !== "literal" || typeof expression.value !== "string") return false;
  return names.has(expression.value) || names.has(expression.value.replaceAll(/^\^|\$$/g, ""));
}
