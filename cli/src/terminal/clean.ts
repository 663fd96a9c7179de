/**
 * Everything that can steer a terminal or forge a line: control characters (escape among them), line and paragraph
 * separators, and marks that turn the direction of writing.
 */
const steering = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const steeringButNewline = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Members of API answers that are texts of several lines; every other text is one line. */
const severalLines = new Set(["body", "description", "patch", "planText", "text", "why", "fix"]);

/** One line that is safe to print: line ends become spaces, what steers becomes U+FFFD. */
export function printableLine(text: string): string {
  return text.replaceAll(/\r\n?|\n|\t/g, " ").replaceAll(steering, "\uFFFD");
}

/** Lines that are safe to print. Whoever prints them indents them, so that none looks like ours. */
export function printableLines(text: string): string[] {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll("\t", "    ").replaceAll(steeringButNewline, "\uFFFD").split("\n");
}

/** A copy of an API answer in which every text, names of members included, is safe to print. */
export function makePrintable<Data>(data: Data): Data {
  return copy(data, false) as Data;
}

function copy(value: unknown, isLines: boolean): unknown {
  if (typeof value === "string") return isLines ? printableLines(value).join("\n") : printableLine(value);
  if (Array.isArray(value)) return value.map((member) => copy(member, false));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [printableLine(key), copy(member, severalLines.has(key))]),
  );
}
