/** A piece of running text. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "bold" | "italic"; children: Inline[] }
  | { kind: "link"; href: string; children: Inline[] };

/** A block of a comment. */
export type Block =
  | { kind: "heading"; level: number; children: Inline[] }
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][]; right: boolean[] }
  | { kind: "code"; text: string }
  | { kind: "quote"; children: Block[] }
  | { kind: "details"; summary: Inline[]; children: Block[] }
  | { kind: "rule" };

const listItem = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const starts = /^(#{1,6}\s|```|>|\||<\/?details>|(-{3,}|\*{3,})$)/;

/**
 * Reads the subset of Markdown that comments use. There is no raw HTML: what looks like a tag stays text, but for
 * `<details><summary>…</summary>`, which becomes a fold.
 */
export function parseMarkdown(source: string): Block[] {
  return blocks(source.replace(/\r\n?/g, "\n").split("\n"));
}

function blocks(lines: readonly string[]): Block[] {
  const out: Block[] = [];
  let at = 0;
  const takeWhile = (test: (line: string) => boolean): string[] => {
    const begin = at;
    while (at < lines.length && test(lines[at] ?? "")) at++;
    return lines.slice(begin, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const details = /^<details>(?:<summary>(.*?)<\/summary>)?\s*$/.exec(line.trim());
    if (line.trim() === "") at++;
    else if (line.startsWith("```")) {
      at++;
      out.push({ kind: "code", text: takeWhile((next) => !next.startsWith("```")).join("\n") });
      at++;
    } else if (heading !== null) {
      at++;
      out.push({ kind: "heading", level: heading[1]?.length ?? 1, children: parseInline(heading[2] ?? "") });
    } else if (/^(-{3,}|\*{3,})$/.test(line.trim())) {
      at++;
      out.push({ kind: "rule" });
    } else if (details !== null) {
      at++;
      out.push(detailsBlock(details[1], insideDetails(takeUntilClosed())));
    } else if (line.startsWith(">")) {
      out.push({
        kind: "quote",
        children: blocks(takeWhile((next) => next.startsWith(">")).map((next) => next.replace(/^>\s?/, ""))),
      });
    } else if (line.startsWith("|") && /^\|?[\s:|-]+\|?$/.test(lines[at + 1] ?? "")) {
      out.push(table(takeWhile((next) => next.startsWith("|"))));
    } else if (listItem.test(line)) {
      const ordered = listItem.exec(line)?.[1] !== undefined;
      out.push({
        kind: "list",
        ordered,
        items: takeWhile((next) => listItem.test(next)).map((next) =>
          parseInline(task(listItem.exec(next)?.[2] ?? "")),
        ),
      });
    } else {
      const first = at;
      const text = takeWhile(
        (next) => next.trim() !== "" && (at === first || (!starts.test(next) && !listItem.test(next))),
      );
      out.push({ kind: "paragraph", children: parseInline(text.join("\n")) });
    }
  }
  return out;

  function takeUntilClosed(): string[] {
    let depth = 1;
    const inside = takeWhile((next) => {
      if (next.trim().startsWith("<details>")) depth++;
      if (next.trim() === "</details>") depth--;
      return depth > 0;
    });
    at++;
    return inside;
  }
}

/** "[ ] text" and "[x] text" of a task list as a box, empty or ticked. */
function task(text: string): string {
  return text.replace(/^\[ \]\s/, "☐ ").replace(/^\[[xX]\]\s/, "☑ ");
}

function insideDetails(lines: string[]): { summary: string | undefined; rest: string[] } {
  const summary = /^<summary>(.*?)<\/summary>\s*$/.exec((lines[0] ?? "").trim());
  return summary === null ? { summary: undefined, rest: lines } : { summary: summary[1], rest: lines.slice(1) };
}

function detailsBlock(summary: string | undefined, inside: { summary: string | undefined; rest: string[] }): Block {
  return { kind: "details", summary: parseInline(summary ?? inside.summary ?? "More"), children: blocks(inside.rest) };
}

function table(lines: readonly string[]): Block {
  const cells = (line: string) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll("\\|", "|"));
  const [head = "", rule = "", ...rows] = lines;
  return {
    kind: "table",
    head: cells(head).map(parseInline),
    right: cells(rule).map((cell) => cell.endsWith(":") && !cell.startsWith(":")),
    rows: rows.map((row) => cells(row).map(parseInline)),
  };
}

const inlinePattern =
  /(`+)([\s\S]+?)\1|\*\*([\s\S]+?)\*\*|(?<![\w*])[*_](?!\s)([^*_]+?)[*_](?!\w)|\[([^\]]*)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>)]+)/g;

/** Reads running text: code, bold, italic, links. Links lead to http(s) or into this site; others stay text. */
export function parseInline(source: string): Inline[] {
  const out: Inline[] = [];
  let end = 0;
  const text = (piece: string) => {
    if (piece !== "") out.push({ kind: "text", text: piece.replace(/\\([\\`*_[\]|#])/g, "$1") });
  };
  for (const match of source.matchAll(inlinePattern)) {
    const [whole, , code, bold, italic, label, href, bare] = match;
    text(source.slice(end, match.index));
    end = match.index + whole.length;
    if (code !== undefined) out.push({ kind: "code", text: code });
    else if (bold !== undefined) out.push({ kind: "bold", children: parseInline(bold) });
    else if (italic !== undefined) out.push({ kind: "italic", children: parseInline(italic) });
    else if (bare !== undefined) out.push({ kind: "link", href: bare, children: [{ kind: "text", text: bare }] });
    else if (href !== undefined && isSafe(href)) out.push({ kind: "link", href, children: parseInline(label ?? "") });
    else text(whole);
  }
  text(source.slice(end));
  return out;
}

function isSafe(href: string): boolean {
  return /^https?:\/\//i.test(href) || /^\/(?![/\\])/.test(href) || href.startsWith("#");
}
