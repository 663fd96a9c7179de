/**
 * HCL of one resource for a rule's example. `body` is its inside, written without the first indentation; equals signs of
 * neighbouring attributes come out aligned, as `terraform fmt` has them.
 */
export function exampleOf(type: string, body: string, name = "orders"): string {
  const lines = body
    .trim()
    .split("\n")
    .map((line) => (line.trim() === "" ? "" : `  ${line}`));
  return `resource "${type}" "${name}" {\n${align(lines).join("\n")}\n}`;
}

function align(lines: readonly string[]): string[] {
  const widths = lines.map(nameWidth);
  return lines.map((line, position) => {
    const width = widths[position];
    if (width === undefined) return line;
    let [first, last] = [position, position];
    while (widths[first - 1] !== undefined && sameDepth(lines, first - 1, position)) first -= 1;
    while (widths[last + 1] !== undefined && sameDepth(lines, last + 1, position)) last += 1;
    const widest = Math.max(...widths.slice(first, last + 1).map((one) => one ?? 0));
    return line.replace(/^(\s*\S+)\s*=\s*/, (_, name: string) => `${name.padEnd(widest)} = `);
  });
}

/** Of the name with its indentation, where the line is an attribute. */
function nameWidth(line: string): number | undefined {
  return /^(\s*[\w-]+)\s*=\s/.exec(line)?.[1]?.length;
}

function sameDepth(lines: readonly string[], one: number, other: number): boolean {
  return indentation(lines[one]) === indentation(lines[other]);
}

function indentation(line = ""): number {
  return line.length - line.trimStart().length;
}

/** Both examples of a rule about one resource: the inside of the bad one and that of the good one. */
export function examplesOf(type: string, bad: string, good: string, name = "orders"): { bad: string; good: string } {
  return { bad: exampleOf(type, bad, name), good: exampleOf(type, good, name) };
}
