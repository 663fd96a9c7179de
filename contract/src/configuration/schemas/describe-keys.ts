import { z } from "zod";

/** One key of a configuration file, as a reference lists it. */
export interface ConfigurationKey {
  /**
   * `listen.port`; `engines[].name` for what each element of a list has, `components.<component>.path` for what each value
   * of a mapping has, whose keys' schema is titled `component`.
   */
  path: string;
  /** In words: "integer, 0 to 65535". */
  type: string;
  /** As it is written in YAML; undefined where there is none. */
  default: string | undefined;
  required: boolean;
  /** As it is written in YAML; undefined where the schema gives none. */
  example: string | undefined;
  meaning: string;
}

type Node = z.core.JSONSchema.BaseSchema;

/** Lists the keys of a configuration's schema, in its order; meanings are what `.describe()` says. */
export function describeKeys(schema: z.ZodType): ConfigurationKey[] {
  return membersOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }), "", true);
}

function membersOf(node: Node, prefix: string, mayBeRequired: boolean): ConfigurationKey[] {
  const named = Object.entries(node.properties ?? {}).flatMap(([name, member]) => {
    if (typeof member === "boolean") return [];
    const required = mayBeRequired && (node.required ?? []).includes(name);
    return keysOf(member, prefix + name, required);
  });
  const value = valueOf(node);
  const keyed = value === undefined || isLeaf(value) ? [] : keysOf(value, `${prefix}<${keyOf(node)}>`, false);
  const chosen = choicesOf(node).flatMap((choice) => membersOf(choice, prefix, true));
  return [...named, ...keyed, ...chosen];
}

function keysOf(node: Node, path: string, required: boolean): ConfigurationKey[] {
  const element = elementOf(node);
  const members = membersOf(node, `${path}.`, true);
  const inElements = element === undefined ? [] : membersOf(element, `${path}[].`, true);
  const isGroup = members.length > 0;
  const isNamed = !isGroup || node.description !== undefined;
  const [example] = node.examples ?? [];
  const own: ConfigurationKey = {
    path,
    type: typeOf(node),
    default: node.properties !== undefined || node.default === undefined ? undefined : JSON.stringify(node.default),
    required,
    example: example === undefined ? undefined : inYaml(example),
    meaning: node.description ?? "",
  };
  return [...(isNamed ? [own] : []), ...members, ...inElements];
}

/** Whether nothing is to be told of what is inside. */
function isLeaf(node: Node): boolean {
  return membersOf(node, "", true).length === 0;
}

/** What stands for each value of a mapping with keys of one's own. */
function valueOf({ additionalProperties }: Node): Node | undefined {
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

function keyOf({ propertyNames }: Node): string {
  return (typeof propertyNames === "object" ? propertyNames.title : undefined) ?? "name";
}

/** The forms that it may have, beside being left empty. */
function choicesOf(node: Node): Node[] {
  return (node.anyOf ?? []).filter((choice) => typeof choice === "object").filter(({ type }) => type !== "null");
}

function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${key}: ${inYaml(member)}`);
    return `{ ${members.join(", ")} }`;
  }
  const isPlain =
    typeof value !== "string" || /^[A-Za-z.~/][A-Za-z0-9 ._/:-]*(?:\{[a-z]+\}[A-Za-z0-9._/-]*)*$/.test(value);
  return isPlain ? String(value) : JSON.stringify(value);
}

function elementOf(node: Node): Node | undefined {
  const { items } = node;
  return typeof items === "object" && !Array.isArray(items) ? items : undefined;
}

function typeOf(node: Node): string {
  const choices = choicesOf(node);
  if (choices.length > 0) return [...new Set(choices.map(typeOf))].join(" or ");
  if (node.const !== undefined) return JSON.stringify(node.const);
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
