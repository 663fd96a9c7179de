import { z } from "zod";

/** One key of a configuration file, as a reference lists it. */
export interface ConfigurationKey {
  /** `listen.port`; `engines[].name` for what each element of a list has. */
  path: string;
  /** In words: "integer, 0 to 65535". */
  type: string;
  /** As it is written in YAML; undefined where there is none. */
  default: string | undefined;
  required: boolean;
  meaning: string;
}

type Node = z.core.JSONSchema.BaseSchema;

/** Lists the keys of a configuration's schema, in its order; meanings are what `.describe()` says. */
export function describeKeys(schema: z.ZodType): ConfigurationKey[] {
  return membersOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }), "", true);
}

function membersOf(node: Node, prefix: string, mayBeRequired: boolean): ConfigurationKey[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, member]) => {
    if (typeof member === "boolean") return [];
    const required = mayBeRequired && (node.required ?? []).includes(name);
    return keysOf(member, prefix + name, required);
  });
}

function keysOf(node: Node, path: string, required: boolean): ConfigurationKey[] {
  const element = elementOf(node);
  const members = node.properties !== undefined ? membersOf(node, `${path}.`, true) : [];
  const inElements = element?.properties !== undefined ? membersOf(element, `${path}[].`, true) : [];
  const isGroup = members.length > 0;
  const isNamed = !isGroup || node.description !== undefined;
  const own: ConfigurationKey = {
    path,
    type: typeOf(node),
    default: isGroup || node.default === undefined ? undefined : JSON.stringify(node.default),
    required,
    meaning: node.description ?? "",
  };
  return [...(isNamed ? [own] : []), ...members, ...inElements];
}

function elementOf(node: Node): Node | undefined {
  const { items } = node;
  return typeof items === "object" && !Array.isArray(items) ? items : undefined;
}

function typeOf(node: Node): string {
  const choices = node.anyOf?.filter((choice) => typeof choice === "object");
  if (choices !== undefined) return [...new Set(choices.map(typeOf))].join(" or ");
  if (node.enum !== undefined) return node.enum.map(String).join(", ");
  switch (node.type) {
    case "array": {
      const element = elementOf(node);
      return element === undefined
        ? "list"
        : `list of ${element.properties === undefined ? typeOf(element) : "mappings"}`;
    }
    case "object":
      return "mapping";
    case "integer":
    case "number":
      return `${node.type}${rangeOf(node)}`;
    case "string":
      return node.format === "uri" ? "URL" : "string";
    case "boolean":
      return "true or false";
    default:
      return "any";
  }
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: Node): string {
  const least = minimum ?? (typeof exclusiveMinimum === "number" ? exclusiveMinimum + 1 : undefined);
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (least !== undefined && most !== undefined) return `, ${least} to ${most}`;
  return least !== undefined && least > Number.MIN_SAFE_INTEGER ? `, at least ${least}` : "";
}
