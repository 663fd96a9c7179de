/**
 * Turns a pattern of CODEOWNERS into a test of paths, by the rules of gitignore that GitHub follows: a slash at the
 * beginning or inside anchors it at the root, otherwise it matches at any depth; `*` and `?` stay inside one name; `**`
 * crosses them; a match of a directory covers all below it, but `dir/*` covers its direct files only. Negation and
 * classes are not part of the format: a string says what is wrong with the pattern.
 */
export function compileOwnersPattern(pattern: string): ((path: string) => boolean) | string {
  if (pattern.startsWith("!")) return "patterns cannot be negated with !";
  if (/(?<!\\)[[\]]/.test(pattern)) return "classes in brackets are not supported";
  if (pattern.includes("***")) return "three stars in a row mean nothing";
  if (pattern.length > 1_000) return "the pattern is too long";
  const plain = pattern.replace(/^\//, "").replace(/\/$/, "");
  if (plain === "" || plain.includes("//")) return "the pattern names nothing";
  const directoryOnly = pattern.endsWith("/");
  const anchored = pattern.startsWith("/") || plain.includes("/");
  const segments = plain.split("/");
  const tail = segments.at(-1);
  // GitHub: `docs/*` owns docs/a.md but not docs/build/b.md.
  const directFilesOnly = !directoryOnly && tail === "*" && segments.length > 1;
  const compiled = (anchored ? segments : ["**", ...segments]).map(compileSegment);
  return (path) => {
    const names = path.split("/");
    if (directFilesOnly) return matches(compiled, names, (used) => used === names.length);
    return matches(compiled, names, (used) => (directoryOnly ? used < names.length : used > 0));
  };
}

type Segment = "any" | ((name: string) => boolean);

function compileSegment(segment: string): Segment {
  if (segment === "**") return "any";
  const tokens: (string | 0 | 1)[] = [];
  for (let index = 0; index < segment.length; index++) {
    const character = segment[index] ?? "";
    if (character === "\\" && index + 1 < segment.length) tokens.push(segment[++index] ?? "");
    else if (character === "*") {
      if (tokens.at(-1) !== 0) tokens.push(0);
    } else if (character === "?") tokens.push(1);
    else tokens.push(character);
  }
  return (name) => matchName(tokens, name);
}

/** Greedy matching with one point to return to: linear for practical purposes, never exponential. */
function matchName(tokens: readonly (string | 0 | 1)[], name: string): boolean {
  let token = 0;
  let index = 0;
  let star = -1;
  let resume = 0;
  while (index < name.length) {
    const current = tokens[token];
    if (current === 0) {
      star = token++;
      resume = index;
    } else if (current === 1 || (current !== undefined && current === name[index])) {
      token++;
      index++;
    } else if (star >= 0) {
      token = star + 1;
      index = ++resume;
    } else {
      return false;
    }
  }
  while (tokens[token] === 0) token++;
  return token === tokens.length;
}

/** Whether the segments match the first names of a path so that `accept` likes how many were used. */
function matches(segments: readonly Segment[], names: readonly string[], accept: (used: number) => boolean): boolean {
  // Positions reachable after each segment; a set instead of back-tracking keeps many ** harmless.
  let reachable = new Set([0]);
  for (const current of segments) {
    const next = new Set<number>();
    for (const position of reachable) {
      if (current === "any") {
        for (let after = position; after <= names.length; after++) next.add(after);
      } else if (position < names.length && current(names[position] ?? "")) {
        next.add(position + 1);
      }
    }
    if (next.size === 0) return false;
    reachable = next;
  }
  return [...reachable].some(accept);
}
