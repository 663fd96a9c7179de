import type { SourcePlace } from "@plumbline/contract";
import { printableLine } from "../terminal/clean.ts";
import type { Look } from "../terminal/look.ts";
import { fit, widthOf } from "../terminal/width.ts";

/**
 * The line of a place with its number and a caret under the column. `text` of the place is what is shown, so that what
 * was taken out of it stays out; `line` is that line as the file has it and only tells the indentation.
 */
export function codeFrame(place: SourcePlace, line: string | undefined, look: Look): string[] {
  const text = place.text;
  if (text === undefined || text === "") return [];
  const indentation = line?.trimStart().startsWith(text) === true ? line.length - line.trimStart().length : undefined;
  const number = String(place.line).padStart(5);
  const shown = look.columns === undefined ? text : fit(text, look.columns - 12);
  const frame = [`  ${look.paint("dim", `${number} │`)} ${shown}`];
  if (place.column === undefined || indentation === undefined) return frame;
  const offset = widthOf(printableLine(text.slice(0, Math.max(0, place.column - 1 - indentation))));
  return offset >= widthOf(shown)
    ? frame
    : [...frame, `  ${look.paint("dim", "      │")} ${" ".repeat(offset)}${look.paint("red", "^")}`];
}
