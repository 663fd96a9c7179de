/** HCL of one resource for an example, laid out as `terraform fmt` does; empty lines of the body are left out. */
export function resourceOf(type: string, ...lines: readonly string[]): string {
  const inner = lines.flatMap((line) => line.split("\n")).filter((line) => line.trim() !== "");
  return [`resource "${type}" "orders" {`, ...aligned(inner.map((line) => `  ${line}`)), "}"].join("\n");
}

/** Attributes that stand below each other, with their equals signs in one column. */
function aligned(lines: readonly string[]): string[] {
  const names = lines.map((line) => /^( +[\w-]+) += (?!.*[[{]$)/.exec(line)?.[1]);
  return lines.map((line, position) => {
    const name = names[position];
    if (name === undefined) return line;
    const depth = name.search(/\S/);
    const isBeside = (other: string | undefined): boolean => other !== undefined && other.search(/\S/) === depth;
    let [first, last] = [position, position];
    while (isBeside(names[first - 1])) first -= 1;
    while (isBeside(names[last + 1])) last += 1;
    const width = Math.max(...names.slice(first, last + 1).map((one) => one?.length ?? 0));
    return `${name.padEnd(width)} = ${line.slice(line.indexOf("=") + 1).trimStart()}`;
  });
}
