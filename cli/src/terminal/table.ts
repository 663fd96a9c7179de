import type { Look, Style } from "./look.ts";
import { fit, widthOf } from "./width.ts";

/** A cell: its text, and how it looks. */
export interface Cell {
  text: string;
  style?: Style | undefined;
}

/**
 * A column. `least`: it may be cut down to that many characters where the terminal is narrow. `extra`: where even that is not
 * enough it is left out, the last such column first, before any other is cut further.
 */
export interface Column {
  title: string;
  least?: number;
  align?: "right";
  extra?: true;
}

const gap = 2;

/** Lines of a table that fits the terminal; without rows, `empty`. */
export function table(
  look: Look,
  all: readonly Column[],
  rows: readonly (readonly (string | Cell)[])[],
  empty: string,
): string[] {
  if (rows.length === 0) return [empty];
  const allWidths = all.map(({ title }, index) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(toCell(row[index] ?? "").text))),
  );
  const kept = keptColumns(allWidths, all, look.columns ?? Number.POSITIVE_INFINITY);
  const columns = all.filter((_, index) => kept.includes(index));
  const cells = rows.map((row) => kept.map((index) => toCell(row[index] ?? "")));
  const widths = allWidths.filter((_, index) => kept.includes(index));
  if (look.columns !== undefined) shrink(widths, columns, look.columns);
  const line = (row: readonly Cell[]): string =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        const text = fit(cell.text, width);
        const padding = " ".repeat(Math.max(0, width - widthOf(text)));
        const painted = look.paint(cell.style, text);
        return columns[index]?.align === "right" ? padding + painted : painted + padding;
      })
      .join(" ".repeat(gap))
      .trimEnd();
  return [line(columns.map(({ title }) => ({ text: title, style: "dim" }))), ...cells.map(line)];
}

function toCell(cell: string | Cell): Cell {
  return typeof cell === "string" ? { text: cell } : cell;
}

/** Indices of the columns that there is room for. */
function keptColumns(widths: readonly number[], columns: readonly Column[], available: number): number[] {
  let kept = columns.map((_, index) => index);
  const needed = () =>
    kept.reduce(
      (sum, index) => sum + Math.min(widths[index] ?? 0, columns[index]?.least ?? Number.POSITIVE_INFINITY),
      0,
    ) +
    gap * (kept.length - 1);
  while (needed() > available) {
    const last = kept.findLast((index) => columns[index]?.extra === true);
    if (last === undefined) break;
    kept = kept.filter((index) => index !== last);
  }
  return kept;
}

/** What a column keeps where the terminal is so narrow that all must give way. */
const narrowest = 4;

/** Takes columns down, the widest first: those that may be cut to their least, then those further, then all. */
function shrink(widths: number[], columns: readonly Column[], available: number): void {
  const passes = [
    columns.map(({ least }) => least ?? Number.POSITIVE_INFINITY),
    columns.map(({ least }) => (least === undefined ? Number.POSITIVE_INFINITY : narrowest)),
    columns.map(() => narrowest),
  ];
  let over = widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1) - available;
  for (const least of passes)
    while (over > 0) {
      const widest = widestAbove(widths, least);
      if (widest === undefined) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
      over--;
    }
}

function widestAbove(widths: readonly number[], least: readonly number[]): number | undefined {
  let found: number | undefined;
  widths.forEach((width, index) => {
    if (width > (least[index] ?? 0) && (found === undefined || width > (widths[found] ?? 0))) found = index;
  });
  return found;
}
