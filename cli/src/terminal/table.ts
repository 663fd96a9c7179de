import type { Look, Style } from "./look.ts";
import { fit, widthOf } from "./width.ts";

/** A cell: its text, and how it looks. */
export interface Cell {
  text: string;
  style?: Style | undefined;
}

/** A column. `least`: it may be cut down to that many characters where the terminal is narrow; without it, it never is. */
export interface Column {
  title: string;
  least?: number;
  align?: "right";
}

const gap = 2;

/** Lines of a table that fits the terminal; without rows, `empty`. */
export function table(
  look: Look,
  columns: readonly Column[],
  rows: readonly (readonly (string | Cell)[])[],
  empty: string,
): string[] {
  if (rows.length === 0) return [empty];
  const cells = rows.map((row) => columns.map((_, index) => toCell(row[index] ?? "")));
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...cells.map((row) => widthOf(row[index]?.text ?? ""))),
  );
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
