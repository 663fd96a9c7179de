import { z } from "zod";
import { suggest } from "../suggestion.ts";

/** A mistake in the configuration: the key's path and one sentence. */
export interface Mistake {
  path: readonly PropertyKey[];
  text: string;
}

/** Turns what zod says into sentences that name the key, what stands there (never a secret's value) and a proposal. */
export function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, content: unknown): Mistake[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey([...issue.path, key], keysAt(schema, issue.path)));
  const present = valueAt(content, issue.path);
  const found = present === undefined ? ", but it is missing" : "";
  return [{ path: issue.path, text: `${name(issue.path)}: ${expectation(issue)}${found}.` }];
}

function unknownKey(path: readonly PropertyKey[], known: readonly string[]): Mistake {
  const key = String(path.at(-1));
  const meant = suggest(key, known);
  const proposal =
    meant === undefined
      ? `Known there: ${known.join(", ")}.`
      : `Did you mean "${name([...path.slice(0, -1), meant])}"?`;
  return { path, text: `there is no key "${name(path)}". ${proposal}` };
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `a value of type ${issue.expected === "object" ? "mapping" : issue.expected} is expected`;
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")} is expected`;
    case "too_small":
      return `at least ${issue.minimum} is expected`;
    case "too_big":
      return `at most ${issue.maximum} is expected`;
    default:
      return issue.message;
  }
}

/** The keys that the schema knows at a path. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let current = unwrap(schema);
  for (const part of path) {
    const member: z.core.$ZodType | undefined =
      current instanceof z.ZodArray
        ? current.element
        : current instanceof z.ZodObject
          ? current.shape[String(part)]
          : undefined;
    if (!member) return [];
    current = unwrap(member);
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return unwrap(schema.def.innerType);
  return schema;
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  let current = content;
  for (const part of path) {
    if (typeof current !== "object" || current === null) return undefined;
    current = Reflect.get(current, part);
  }
  return current;
}

function name(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}
