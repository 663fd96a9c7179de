import type { Patch as FullPatch } from "@plumbline/contract/findings";
import { Places } from "../sources/places.ts";
import type { Attribute, Block, Expression, SourceFile } from "../sources/syntax-tree.ts";
import { formatGroup, groupEndingWith } from "./attribute-lines.ts";
import type { AddedBlock, Scalar } from "./change.ts";

/** A patch before it is told what stands there now. */
export type Patch = Omit<FullPatch, "before">;

/** Settings that people write first or last in a block; others are not put behind them. */
const meta = new Set(["count", "for_each", "provider", "depends_on", "source", "version", "providers"]);

/** Writes another value in the place of one that is written out. */
export function replaceValue(file: SourceFile, expression: Expression, value: Scalar): Patch {
  const { text, path } = file;
  const places = new Places(path, text);
  const [startLine, endLine] = [places.lineOf(expression.start), places.lineOf(expression.end - 1)];
  const before = text.slice(places.startOf(startLine), expression.start);
  const last = places.lines[endLine - 1] ?? "";
  const behind = last.slice(expression.end - places.startOf(endLine));
  return { file: path, startLine, endLine, lines: [`${before}${written(value)}${behind}`] };
}

/** Takes an attribute away, with its line where it has one of its own. */
export function removeAttribute(file: SourceFile, attribute: Attribute): Patch | undefined {
  const places = new Places(file.path, file.text);
  const [startLine, endLine] = [places.lineOf(attribute.start), places.lineOf(attribute.end - 1)];
  const before = file.text.slice(places.startOf(startLine), attribute.start);
  const behind = (places.lines[endLine - 1] ?? "").slice(attribute.end - places.startOf(endLine));
  if (before.trim() !== "" || !/^\s*(?:(?:#|\/\/).*)?$/.test(behind)) return undefined;
  return { file: file.path, startLine, endLine, lines: [] };
}

/** Adds an attribute to a block, in line with those that are there. */
export function addAttribute(file: SourceFile, block: Block, name: string, value: Scalar): Patch | undefined {
  const places = new Places(file.path, file.text);
  const indent = indentOf(places, block);
  const added = { indent: `${indent}  `, name, value: written(value), comment: "" };
  if (places.lineOf(block.inside) === places.lineOf(block.end - 1))
    return unfold(file, places, block, [`${added.indent}${name} = ${added.value}`]);
  const anchor = anchorIn(block);
  if (!anchor) return behindHead(file, places, block, `${added.indent}${name} = ${added.value}`);
  const group = groupEndingWith(file.text, places, block, anchor);
  if (!group) {
    const line = places.lineOf(anchor.end - 1);
    const own = places.lines[line - 1] ?? "";
    return { file: file.path, startLine: line, endLine: line, lines: [own, `${added.indent}${name} = ${added.value}`] };
  }
  const { startLine, endLine, lines } = group;
  const there = places.lines.slice(startLine - 1, endLine);
  // What the team has not lined up stays as it is.
  const isFormatted = formatGroup(lines).every((line, position) => line === there[position]);
  const like = { ...added, indent: lines[0]?.indent ?? added.indent };
  const after = isFormatted ? formatGroup([...lines, like]) : [...there, ...formatGroup([like])];
  return shortened({ file: file.path, startLine, endLine, lines: after }, there);
}

/** Adds a nested block at the end of a block. */
export function addBlock(file: SourceFile, block: Block, type: string, content: AddedBlock): Patch | undefined {
  const places = new Places(file.path, file.text);
  const indent = `${indentOf(places, block)}  `;
  const lines = Object.entries(content).map(([name, value]) => ({
    indent: `${indent}  `,
    name,
    value: written(value),
    comment: "",
  }));
  const nested = [`${indent}${type} {`, ...formatGroup(lines), `${indent}}`];
  const close = places.lineOf(block.end - 1);
  if (places.lineOf(block.inside) === close) return unfold(file, places, block, nested);
  const own = places.lines[close - 1] ?? "";
  if (own.slice(0, block.end - 1 - places.startOf(close)).trim() !== "") return undefined;
  const above = places.lines[close - 2] ?? "";
  const isFirst = close - 1 === places.lineOf(block.inside) || above.trim() === "";
  return { file: file.path, startLine: close, endLine: close, lines: [...(isFirst ? [] : [""]), ...nested, own] };
}

/** A block on one line gets lines for what is in it and what is added. */
function unfold(file: SourceFile, places: Places, block: Block, added: readonly string[]): Patch | undefined {
  const line = places.lineOf(block.inside);
  if (places.lineOf(block.start) !== line) return undefined;
  const start = places.startOf(line);
  const own = places.lines[line - 1] ?? "";
  const head = own.slice(0, block.inside - start).trimEnd();
  const content = file.text.slice(block.inside, block.end - 1).trim();
  const indent = indentOf(places, block);
  const [attribute] = block.attributes.values();
  const [only] = added;
  const inner =
    attribute && added.length === 1 && only !== undefined
      ? formatGroup([
          {
            indent: `${indent}  `,
            name: attribute.name,
            value: file.text.slice(attribute.value.start, attribute.value.end),
            comment: "",
          },
          {
            indent: `${indent}  `,
            name: only.trim().split(" = ", 1)[0] ?? "",
            value: only.slice(only.indexOf(" = ") + 3),
            comment: "",
          },
        ])
      : [...(content === "" ? [] : [`${indent}  ${content}`, ""]), ...added];
  return {
    file: file.path,
    startLine: line,
    endLine: line,
    lines: [head, ...inner, `${indent}}${own.slice(block.end - start)}`],
  };
}

function behindHead(file: SourceFile, places: Places, block: Block, added: string): Patch {
  const line = places.lineOf(block.inside);
  const next = (places.lines[line] ?? "").trim();
  const isLast = next === "" || next.startsWith("}");
  const head = places.lines[line - 1] ?? "";
  return { file: file.path, startLine: line, endLine: line, lines: [head, added, ...(isLast ? [] : [""])] };
}

/** The attribute to add another one behind: the last before the first nested block. */
function anchorIn(block: Block): Attribute | undefined {
  const firstBlock = Math.min(...block.blocks.map(({ start }) => start));
  const before = [...block.attributes.values()]
    .filter(({ start }) => start < firstBlock)
    .toSorted((left, right) => left.start - right.start);
  return before.findLast(({ name }) => !meta.has(name)) ?? before.at(-1);
}

function indentOf(places: Places, block: Block): string {
  return /^\s*/.exec(places.lines[places.lineOf(block.start) - 1] ?? "")?.[0] ?? "";
}

/** A value as it stands in HCL. */
function written(value: Scalar): string {
  return typeof value === "string" ? JSON.stringify(value).replaceAll(/([$%])\{/g, "$1$1{") : String(value);
}

/** Without the lines at the beginning that stay as they are; one stays, so that there is a line to put it at. */
function shortened(patch: Patch, there: readonly string[]): Patch {
  let same = 0;
  while (same < there.length - 1 && there[same] === patch.lines[same]) same += 1;
  return { ...patch, startLine: patch.startLine + same, lines: patch.lines.slice(same) };
}
