import { UsageFault } from "../command/faults.ts";

const namePattern = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;

/**
 * Environment variables from a file: one JSON object of texts, or lines `NAME=value`, where `export` before a name, empty
 * lines and lines that begin with # are passed over and one pair of quotes around a value is taken off. Nothing in a value
 * is expanded. Faults name lines, never values.
 */
export function readVariables(text: string, shown: string): Record<string, string> {
  const variables = text.trimStart().startsWith("{") ? readObject(text, shown) : readLines(text, shown);
  if (Object.keys(variables).length === 0)
    throw new UsageFault(`${shown} sets no variable.`, "Write lines NAME=value, or one JSON object.");
  return variables;
}

/** Throws where a text is no name of an environment variable. `shown` says where it stands. */
export function checkName(name: string, shown: string): void {
  if (!namePattern.test(name))
    throw new UsageFault(
      `${shown} is not the name of an environment variable.`,
      "A name has letters, digits and _, and values are never arguments: other users could read them.",
    );
}

function readObject(text: string, shown: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageFault(`${shown} is not valid JSON.`, "Write one JSON object of texts, or lines NAME=value.");
  }
  const entries = Object.entries(typeof value === "object" && value !== null ? value : {});
  return Object.fromEntries(
    entries.map(([name, member], index) => {
      checkName(name, `Member ${index + 1} of ${shown}`);
      if (typeof member !== "string")
        throw new UsageFault(`${name} in ${shown} is not a text.`, "Every value is a text in quotes.");
      return [name, member];
    }),
  );
}

function readLines(text: string, shown: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const [, name, value = ""] = /^(?:export\s+)?([^=\s]+)\s*=\s?(.*)$/.exec(trimmed) ?? [];
    if (name === undefined)
      throw new UsageFault(`Line ${index + 1} of ${shown} is not NAME=value.`, "Write one variable per line.");
    checkName(name, `What stands before = in line ${index + 1} of ${shown}`);
    variables[name] = /^"(.*)"$/.exec(value)?.[1] ?? /^'(.*)'$/.exec(value)?.[1] ?? value;
  }
  return variables;
}
