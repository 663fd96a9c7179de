const longestPattern = 200;
const mostSteps = 1_000_000;
const stepsOfUnbounded = 100;

/**
 * Why a regular expression of a repository is refused, or undefined where it is safe to run over a text of at most 100
 * characters. Only a subset is allowed: literals, classes, escapes, groups and alternatives; quantifiers on single
 * characters (a group may at most be optional). The ways to match are then bounded by a product that is computed here.
 */
export function unsafePattern(pattern: string): string | undefined {
  if (pattern.length === 0) return "is empty";
  if (pattern.length > longestPattern) return `is longer than ${longestPattern} characters`;
  try {
    new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    return "is not a regular expression";
  }
  let steps = 1;
  let previous: "start" | "atom" | "group" = "start";
  for (let rest = pattern; rest.length > 0;) {
    const token = nextToken(rest);
    if (token === undefined) return "uses back references, look-around or named groups, which are not allowed";
    const text = rest.slice(0, token.length);
    rest = rest.slice(token.length);
    if (token.kind === "quantifier") {
      if (previous === "group" && text !== "?") return `repeats a group with “${text}”, which is not allowed`;
      steps *= choices(text);
    }
    if (token.kind === "alternative") steps *= 2;
    if (steps > mostSteps) return "can match in too many ways";
    previous = token.kind === "close" ? "group" : token.kind === "atom" ? "atom" : "start";
  }
  return undefined;
}

interface Token {
  kind: "atom" | "open" | "close" | "alternative" | "quantifier";
  length: number;
}

function nextToken(rest: string): Token | undefined {
  const quantifier = /^(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??/.exec(rest);
  if (quantifier !== null) return { kind: "quantifier", length: quantifier[0].length };
  if (rest.startsWith("(")) {
    if (rest.startsWith("(?:")) return { kind: "open", length: 3 };
    return rest.startsWith("(?") ? undefined : { kind: "open", length: 1 };
  }
  if (rest.startsWith(")")) return { kind: "close", length: 1 };
  if (rest.startsWith("|")) return { kind: "alternative", length: 1 };
  const characterClass = /^\[(?:\\.|[^\]\\])*\]/su.exec(rest);
  if (characterClass !== null) return { kind: "atom", length: characterClass[0].length };
  if (rest.startsWith("\\")) {
    const escape = /^\\(?:[pP]\{[A-Za-z_=]+\}|[^1-9kuxc])/su.exec(rest);
    return escape === null ? undefined : { kind: "atom", length: escape[0].length };
  }
  return { kind: "atom", length: (rest.codePointAt(0) ?? 0) > 0xffff ? 2 : 1 };
}

function choices(quantifier: string): number {
  const range = /^\{([0-9]+)(,([0-9]*))?\}/.exec(quantifier);
  if (range === null) return quantifier.startsWith("?") ? 2 : stepsOfUnbounded;
  const least = Number(range[1]);
  if (range[2] === undefined) return Math.max(1, least > stepsOfUnbounded ? Infinity : 1);
  const most = range[3] === "" || range[3] === undefined ? stepsOfUnbounded : Number(range[3]);
  return least > stepsOfUnbounded || most > stepsOfUnbounded ? Infinity : most - least + 1;
}
