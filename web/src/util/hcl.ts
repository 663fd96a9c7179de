/** A piece of a line of HCL with what it is. */
export interface HclToken {
  text: string;
  kind: "plain" | "string" | "number" | "word" | "comment";
}

const pattern =
  /(#.*$|\/\/.*$)|("(?:[^"\\]|\\.)*"?)|(\b\d+(?:\.\d+)?\b)|(\b(?:true|false|null|resource|module|variable|output|locals|data|provider|terraform|dynamic|content|for_each|for|in|if|var|local|each)\b)/g;

/** Colours one line of HCL well enough for reading; it knows nothing of the lines around it. */
export function hclTokens(line: string): HclToken[] {
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
