import type { Places } from "../sources/places.ts";
import type { Attribute, Block } from "../sources/syntax-tree.ts";

/** One attribute on one line, in the parts that `terraform fmt` moves. */
interface AttributeLine {
  indent: string;
  name: string;
  value: string;
  /** What follows the value: nothing, or a comment. */
  comment: string;
}

/** Lines of attributes that stand right below each other, whose equal signs are in one column. */
export interface AttributeGroup {
  startLine: number;
  endLine: number;
  lines: AttributeLine[];
}

/** The group that ends with this attribute; undefined where the attribute takes more than one line or shares its own. */
export function groupEndingWith(
  text: string,
  places: Places,
  block: Block,
  last: Attribute,
): AttributeGroup | undefined {
  const byLine = new Map(
    [...block.attributes.values()].map((attribute) => [places.lineOf(attribute.start), attribute]),
  );
  const endLine = places.lineOf(last.start);
  const lines: AttributeLine[] = [];
  let line = endLine;
  for (; ; line--) {
    const attribute = byLine.get(line);
    const read = attribute && readLine(text, places, line, attribute);
    if (!read) break;
    lines.unshift(read);
  }
  return lines.length === 0 ? undefined : { startLine: line + 1, endLine, lines };
}

function readLine(text: string, places: Places, line: number, attribute: Attribute): AttributeLine | undefined {
  if (places.lineOf(attribute.end) !== line) return undefined;
  const start = places.startOf(line);
  const indent = text.slice(start, attribute.start);
  const comment = (places.lines[line - 1] ?? "").slice(attribute.value.end - start).trim();
  if (indent.trim() !== "" || (comment !== "" && !/^(?:#|\/\/|\/\*)/.test(comment))) return undefined;
  return { indent, name: attribute.name, value: text.slice(attribute.value.start, attribute.value.end), comment };
}

/** Writes a group as `terraform fmt` does: equal signs in one column, and comments of neighbours too. */
export function formatGroup(lines: readonly AttributeLine[]): string[] {
  const longest = Math.max(...lines.map(({ name }) => name.length));
  const code = lines.map(({ indent, name, value }) => `${indent}${name.padEnd(longest)} = ${value}`);
  return lines.map(({ comment }, position) => {
    const own = code[position] ?? "";
    if (comment === "") return own;
    let [from, to] = [position, position];
    while (from > 0 && lines[from - 1]?.comment !== "") from -= 1;
    while (to + 1 < lines.length && lines[to + 1]?.comment !== "") to += 1;
    const column = Math.max(...code.slice(from, to + 1).map(({ length }) => length));
    return `${own.padEnd(column)} ${comment}`;
  });
}
