import type { Json, JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { parseSource } from "../sources/parse-source.ts";
import { literalValue } from "../sources/syntax-tree.ts";
import type { Attribute, Block, Expression } from "../sources/syntax-tree.ts";

/**
 * The resources that HCL with literal values describes, in the shape of a plan: nested blocks as lists, `jsonencode` as
 * text, and whatever refers to something else as unknown with its reference.
 */
export function resourcesFromHcl(text: string): Resource[] {
  const file = parseSource("example.tf", text);
  if (file.errors.length > 0) throw new Error(`the example is no HCL: ${JSON.stringify(file.errors)}`);
  return file.blocks
    .filter((block) => block.type === "resource")
    .map((block) => {
      const [type = "", name = ""] = block.labels;
      const { values, unknown, expressions } = contentOf(block);
      return {
        address: `${type}.${name}`,
        moduleAddress: "",
        type,
        name,
        provider: "example",
        values,
        unknown,
        configured: { expressions, dynamicBlocks: new Set<string>() },
      };
    });
}

function contentOf(block: Block): { values: JsonObject; unknown: JsonObject; expressions: JsonObject } {
  const values: JsonObject = {};
  const unknown: JsonObject = {};
  const expressions: JsonObject = {};
  for (const attribute of block.attributes.values()) {
    const value = valueOf(attribute.value);
    if (value === undefined) unknown[attribute.name] = true;
    else values[attribute.name] = value;
    expressions[attribute.name] = { references: referencesOf(attribute) };
  }
  for (const nested of block.blocks) {
    const inner = contentOf(nested);
    append(values, nested.type, inner.values);
    append(unknown, nested.type, inner.unknown);
    append(expressions, nested.type, inner.expressions);
  }
  return { values, unknown, expressions };
}

function append(into: JsonObject, name: string, value: JsonObject): void {
  const list = into[name];
  into[name] = [...(Array.isArray(list) ? list : []), value];
}

function valueOf(expression: Expression): Json | undefined {
  if (expression.kind !== "call" || expression.name !== "jsonencode") return literalValue(expression);
  const [argument] = expression.inner;
  const value = argument ? literalValue(argument) : undefined;
  return value === undefined ? undefined : JSON.stringify(value);
}

function referencesOf(attribute: Attribute): string[] {
  return attribute.value.kind === "reference" ? [attribute.value.steps.join(".")] : [];
}
