import type { JsonObject } from "../../resources/json.ts";
import type { Body } from "../syntax/body.ts";
import { childrenOf } from "../syntax/expression.ts";
import type { Expression } from "../syntax/expression.ts";
import { put } from "../values/json.ts";

/** Settings of Terraform itself in the body of a resource; no attributes of it. */
export const metaAttributes: ReadonlySet<string> = new Set([
  "count",
  "for_each",
  "provider",
  "depends_on",
  "providers",
]);
export const metaBlocks: ReadonlySet<string> = new Set(["lifecycle", "provisioner", "connection"]);

/** Attribute → `{ references }` or `{ constant_value }`, nested blocks as lists: the shape of a plan's `expressions`. */
export function expressionsOf(body: Body): JsonObject {
  const expressions: JsonObject = {};
  for (const { name, value } of body.attributes.values()) {
    if (metaAttributes.has(name)) continue;
    put(
      expressions,
      name,
      value.kind === "literal" ? { constant_value: value.value } : { references: referencesIn(value) },
    );
  }
  for (const block of body.blocks) {
    if (metaBlocks.has(block.type) || block.type === "dynamic") continue;
    const before = Object.hasOwn(expressions, block.type) ? expressions[block.type] : undefined;
    put(expressions, block.type, [...(Array.isArray(before) ? before : []), expressionsOf(block.body)]);
  }
  return expressions;
}

/** What an expression refers to: the whole path and, behind it, what it is a part of, as a plan lists them. */
function referencesIn(expression: Expression): string[] {
  const found = new Set<string>();
  const visit = (inner: Expression): void => {
    const path = pathOf(inner);
    if (path) {
      const owner = path.slice(0, path[0] === "data" ? 3 : 2);
      found.add(path.join("."));
      found.add(owner.join("."));
    }
    for (const child of childrenOf(inner)) if (!path || child.kind !== "variable") visit(child);
  };
  visit(expression);
  return [...found];
}

/** `aws_s3_bucket.logs.id` without indexes; undefined for anything but names behind a name. */
function pathOf(expression: Expression): string[] | undefined {
  if (expression.kind === "variable") return [expression.name];
  if (expression.kind === "index" || expression.kind === "splat") return pathOf(expression.of);
  if (expression.kind !== "attribute") return undefined;
  const path = pathOf(expression.of);
  return path && [...path, expression.name];
}
