/** A piece of a line of HCL with what it is. */
export interface HclToken {
  text: string;
  kind: "plain" | "string" | "number" | "word" | "comment" | "steering";
}

const pattern =
  /(#.*$|\/\/.*$)|("(?:[^"\\]|\\.)*"?)|(\b\d+(?:\.\d+)?\b)|(\b(?:true|false|null|resource|module|variable|output|locals|data|provider|terraform|dynamic|content|for_each|for|in|if|var|local|each)\b)/g;

/** Marks that turn the direction of writing, and control characters: with them a line looks like another than it is. */
const steering = /([\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]|(?!\t)\p{Cc})/u;

/**
 * Colours one line of HCL well enough for reading; it knows nothing of the lines around it. What would steer how the line
 * is shown is named instead (`U+202E`): people approve by what they read.
 */
export function hclTokens(line: string): HclToken[] {
  // What ends a line of Windows steers nothing there.
  return coloured(line.replace(/\r$/, "")).flatMap(({ text, kind }) =>
    text
      .split(steering)
      .map((part, index): HclToken =>
        index % 2 === 0 ? { text: part, kind } : { text: nameOf(part), kind: "steering" },
      )
      .filter((token) => token.text !== ""),
  );
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function coloured(line: string): HclToken[] {
  const out: HclToken[] = [];
  let end = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > end) out.push({ text: line.slice(end, match.index), kind: "plain" });
    const kind =
      match[1] !== undefined
        ? "comment"
        : match[2] !== undefined
          ? "string"
          : match[3] !== undefined
            ? "number"
            : "word";
    out.push({ text: match[0], kind });
    end = match.index + match[0].length;
  }
  if (end < line.length) out.push({ text: line.slice(end), kind: "plain" });
  return out;
}
