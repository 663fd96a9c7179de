/** Reads "NAME=value" lines; empty lines are left out. `wrong` is the number of the first line that is none, from 1. */
export function readAssignments(text: string): { variables: Record<string, string>; wrong: number | null } {
  const variables: Record<string, string> = {};
  let wrong: number | null = null;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const found = /^\s*([A-Za-z_][A-Za-z0-9_]{0,199})=(.*)$/.exec(line);
    if (found?.[1] === undefined || found[2] === undefined) wrong ??= index + 1;
    else variables[found[1]] = found[2];
  }
  return { variables, wrong };
}
