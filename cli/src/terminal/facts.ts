import type { Look } from "./look.ts";
import { widthOf, wrap } from "./width.ts";

/** Lines of `name  value`, names in one column, long values wrapped; values that are undefined or empty are left out. */
export function facts(look: Look, pairs: readonly (readonly [string, string | undefined | null])[]): string[] {
  const present = pairs.filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== null);
  const width = Math.max(0, ...present.map(([name]) => widthOf(name)));
  return present.flatMap(([name, value]) =>
    wrap(value, look.columns === undefined ? undefined : look.columns - width - 2).map((line, index) =>
      `${look.paint("dim", (index === 0 ? name : "").padEnd(width))}  ${line}`.trimEnd(),
    ),
  );
}

/** A heading with an empty line before it. */
export function heading(look: Look, text: string): string[] {
  return ["", look.paint("bold", text)];
}

/** A text of several lines, each indented. */
export function indented(text: string, spaces = 2): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `${" ".repeat(spaces)}${line}`.trimEnd());
}
