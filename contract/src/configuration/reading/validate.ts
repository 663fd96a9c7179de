import { z } from "zod";
import type { ConfigurationProblem } from "../problem.ts";
import { problemAt } from "../problem.ts";
import { suggest } from "../suggestion.ts";
import type { YamlFile, YamlPath } from "./yaml-file.ts";
import { quote } from "./yaml-file.ts";

const mostProblems = 100;

/** Checks a file's values against a schema. Problems are added to the list; the result is undefined if there are any. */
export function validateFile<Schema extends z.ZodType>(
  yaml: YamlFile,
  schema: Schema,
  problems: ConfigurationProblem[],
): z.infer<Schema> | undefined {
  if (yaml.value === undefined) return undefined;
  const result = schema.safeParse(yaml.value);
  if (result.success) return result.data;
  for (const issue of result.error.issues.slice(0, mostProblems)) problems.push(...describe(yaml, schema, issue));
  return undefined;
}

function describe(yaml: YamlFile, schema: z.ZodType, issue: z.core.$ZodIssue): ConfigurationProblem[] {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  const field = path.length === 0 ? "the file" : dotted(path);
  const place = yaml.place(path);
  const found = valueAt(yaml.value, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const where = path.length === 0 ? "" : ` in ${dotted(path)}`;
        const message = `unknown key ${quote(key)}${where}`;
        return problemAt(yaml.keyPlace([...path, key]), message, suggest(key, knownKeys(schema, path)));
      });
    case "invalid_type":
      if (found === undefined) return [problemAt(place, `${field} is missing`)];
      return [problemAt(place, `${field} must be ${expected(issue.expected)}, but is ${kindOf(found)}`)];
    case "invalid_value": {
      const allowed = issue.values.map(String);
      if (found === undefined) return [problemAt(place, `${field} is missing; write ${allowed.join(" or ")}`)];
      const message = `${field} must be ${allowed.join(" or ")}, but is ${quote(show(found))}`;
      return [problemAt(place, message, typeof found === "string" ? suggest(found, allowed) : undefined)];
    }
    case "invalid_key":
      return issue.issues.map((inner) => {
        const key = String(path.at(-1) ?? "");
        return problemAt(yaml.keyPlace(path), `${quote(key)} cannot be a key here: ${inner.message}`);
      });
    case "too_small":
      return [
        problemAt(
          place,
          typeof found === "number"
            ? `${field} must be at least ${issue.minimum}`
            : `${field}: ${plain(issue.message, "too short")}`,
        ),
      ];
    case "too_big":
      return [
        problemAt(
          place,
          typeof found === "number"
            ? `${field} must be at most ${issue.maximum}`
            : `${field} has more than ${issue.maximum} entries or characters`,
        ),
      ];
    default:
      return [problemAt(place, `${field} is ${quote(show(found))}: ${issue.message}`)];
  }
}

function plain(message: string, otherwise: string): string {
  return message.startsWith("Too ") ? otherwise : message;
}

/** A path as people write it: `components.network.inputs`. */
function dotted(path: YamlPath): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : part))
    .join(".")
    .replaceAll(".[", "[")
    .slice(0, 200);
}

function expected(type: string): string {
  const words: Record<string, string> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "a mapping of keys to values",
    record: "a mapping of keys to values",
  };
  return words[type] ?? type;
}

function kindOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  if (typeof value === "string") return `the text ${quote(value)}`;
  return typeof value === "number" ? `the number ${value}` : show(value);
}

function show(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function valueAt(value: unknown, path: YamlPath): unknown {
  let current: unknown = value;
  for (const part of path) {
    if (typeof current !== "object" || current === null) return undefined;
    current = Object.getOwnPropertyDescriptor(current, part)?.value;
  }
  return current;
}

/** The keys that a schema knows at a path; none where it takes any. */
function knownKeys(schema: z.ZodType, path: YamlPath): string[] {
  let current = unwrap(schema);
  for (const part of path) {
    if (current instanceof z.ZodObject) current = unwrap(current.shape[part]);
    else if (current instanceof z.ZodRecord) current = unwrap(current.valueType);
    else if (current instanceof z.ZodArray) current = unwrap(current.element);
    else return [];
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let current = schema;
  while (current instanceof z.ZodOptional || current instanceof z.ZodNullable) current = current.unwrap();
  return current;
}
