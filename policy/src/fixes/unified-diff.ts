const context = 3;

/** One line of a comparison: kept, taken away or added. */
interface Line {
  sign: " " | "-" | "+";
  text: string;
}

/** A unified diff of one file, as `diff -u` prints it and `git apply` reads it; empty where nothing differs. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const lines = compare(before.split("\n"), after.split("\n"));
  const changed = lines.flatMap(({ sign }, position) => (sign === " " ? [] : [position]));
  const hunks: string[] = [];
  for (let first = 0; first < changed.length;) {
    let last = first;
    while (last + 1 < changed.length && (changed[last + 1] ?? 0) - (changed[last] ?? 0) <= 2 * context) last += 1;
    const from = Math.max(0, (changed[first] ?? 0) - context);
    const to = Math.min(lines.length, (changed[last] ?? 0) + context + 1);
    hunks.push(hunk(lines, from, to));
    first = last + 1;
  }
  return `--- a/${path}\n+++ b/${path}\n${hunks.join("")}`;
}

function hunk(lines: readonly Line[], from: number, to: number): string {
  const count = (part: readonly Line[], sign: "-" | "+"): number =>
    part.filter((line) => line.sign === " " || line.sign === sign).length;
  const above = lines.slice(0, from);
  let inside = lines.slice(from, to);
  // What follows the last line break is no line; `diff` does not show it where the file ends with one.
  if (to === lines.length && inside.at(-1)?.text === "" && inside.at(-1)?.sign === " ") inside = inside.slice(0, -1);
  const range = (sign: "-" | "+"): string => `${count(above, sign) + 1},${count(inside, sign)}`;
  return `@@ -${range("-")} +${range("+")} @@\n${inside.map(({ sign, text }) => `${sign}${text}\n`).join("")}`;
}

/** The shortest way from one list of lines to the other (Myers, "An O(ND) Difference Algorithm"). */
function compare(before: readonly string[], after: readonly string[]): Line[] {
  const reached: Map<number, number>[] = [];
  let frontier = new Map<number, number>([[1, 0]]);
  for (let edits = 0; ; edits++) {
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const [down, right] = [frontier.get(diagonal + 1) ?? -1, frontier.get(diagonal - 1) ?? -1];
      let x = diagonal === -edits || (diagonal !== edits && right < down) ? down : right + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      next.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return trace([...reached, frontier], before, after);
    }
    reached.push(frontier);
    frontier = next;
  }
}

/** Goes back from the end over the furthest points that each number of edits had reached. */
function trace(reached: readonly Map<number, number>[], before: readonly string[], after: readonly string[]): Line[] {
  const lines: Line[] = [];
  let [x, y] = [before.length, after.length];
  const keep = (to: number): void => {
    while (x > to) {
      x -= 1;
      y -= 1;
      lines.push({ sign: " ", text: before[x] ?? "" });
    }
  };
  for (let edits = reached.length - 1; edits > 0; edits--) {
    const frontier = reached[edits];
    const diagonal = x - y;
    const [down, right] = [frontier?.get(diagonal + 1) ?? -1, frontier?.get(diagonal - 1) ?? -1];
    const isAdded = diagonal === -edits || (diagonal !== edits && right < down);
    keep(isAdded ? down : right + 1);
    if (isAdded) lines.push({ sign: "+", text: after[--y] ?? "" });
    else lines.push({ sign: "-", text: before[--x] ?? "" });
  }
  keep(0);
  return lines.toReversed();
}
