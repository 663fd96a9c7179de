/**
 * A text in HCL. `parts` are its fixed pieces; between two of them stands an interpolation or directive, whose source
 * is in `expressions`. Texts inside interpolations are literals of their own.
 */
export interface Literal {
  parts: string[];
  expressions: string[];
  heredoc: boolean;
}

/**
 * Finds every quoted text and heredoc of an HCL file, also those nested in interpolations; comments are skipped. Never
 * fails: in a file that is not well formed it finds at least what can be found up to the end.
 */
export function hclLiterals(source: string): Literal[] {
  const scanner = new Scanner(source);
  scanner.expression(undefined);
  return scanner.found;
}

const mostNested = 200;

class Scanner {
  readonly found: Literal[] = [];
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Scans code up to the brace that closes an interpolation, or to the end of the file. */
  expression(end: "}" | undefined): void {
    let braces = 0;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at];
      if (character === "#" || this.#text.startsWith("//", this.#at)) this.#skipTo("\n");
      else if (this.#text.startsWith("/*", this.#at)) this.#skipComment();
      else if (character === '"') {
        this.#at++;
        this.#template((at) => (this.#text[at] === '"' ? 1 : 0), false);
      } else if (this.#text.startsWith("<<", this.#at) && this.#heredoc()) continue;
      else if (end !== undefined && character === "}" && braces === 0) return;
      else {
        if (character === "{") braces++;
        if (character === "}") braces--;
        this.#at++;
      }
    }
  }

  #skipTo(mark: string): void {
    const found = this.#text.indexOf(mark, this.#at);
    this.#at = found < 0 ? this.#text.length : found + mark.length;
  }

  #skipComment(): void {
    this.#at += 2;
    this.#skipTo("*/");
  }

  #heredoc(): boolean {
    const opening = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy;
    opening.lastIndex = this.#at;
    const match = opening.exec(this.#text);
    if (match === null) return false;
    const marker = match[1] ?? "";
    this.#at += match[0].length;
    this.#template((at) => this.#heredocEnd(marker, at), true);
    return true;
  }

  /** Length of the closing line of a heredoc if it begins here. */
  #heredocEnd(marker: string, at: number): number {
    if (at > 0 && this.#text[at - 1] !== "\n") return 0;
    let start = at;
    while (this.#text[start] === " " || this.#text[start] === "\t") start++;
    if (!this.#text.startsWith(marker, start)) return 0;
    let end = start + marker.length;
    while (this.#text[end] === " " || this.#text[end] === "\t" || this.#text[end] === "\r") end++;
    return end >= this.#text.length || this.#text[end] === "\n" ? end - at : 0;
  }

  /** Scans a template up to where `ending` says so (length of the ending, 0 for none). */
  #template(ending: (at: number) => number, heredoc: boolean): void {
    const literal: Literal = { parts: [], expressions: [], heredoc };
    this.found.push(literal);
    let part = "";
    this.#depth++;
    while (this.#at < this.#text.length) {
      const end = ending(this.#at);
      if (end > 0) {
        this.#at += end;
        break;
      }
      const character = this.#text[this.#at] ?? "";
      const two = this.#text.slice(this.#at, this.#at + 2);
      if (character === "\\" && !heredoc) {
        part += unescape(this.#text, this.#at);
        this.#at += escapeLength(this.#text, this.#at);
      } else if (this.#text.startsWith("$${", this.#at) || this.#text.startsWith("%%{", this.#at)) {
        part += this.#text.slice(this.#at + 1, this.#at + 3);
        this.#at += 3;
      } else if ((two === "${" || two === "%{") && this.#depth < mostNested) {
        this.#at += 2;
        const start = this.#at;
        this.expression("}");
        literal.parts.push(part);
        literal.expressions.push(this.#text.slice(start, this.#at));
        part = "";
        this.#at++;
      } else {
        // A text in quotes never crosses a line; one that does is a mistake, and what follows is code again.
        if (character === "\n" && !heredoc) break;
        part += character;
        this.#at++;
      }
    }
    this.#depth--;
    literal.parts.push(part);
  }
}

function escapeLength(text: string, at: number): number {
  if (text[at + 1] === "u") return 6;
  return text[at + 1] === "U" ? 10 : 2;
}

function unescape(text: string, at: number): string {
  const kind = text[at + 1] ?? "";
  if (kind === "u" || kind === "U") {
    const code = Number.parseInt(text.slice(at + 2, at + escapeLength(text, at)), 16);
    return Number.isNaN(code) || code > 0x10ffff ? "" : String.fromCodePoint(code);
  }
  return { n: "\n", r: "\r", t: "\t" }[kind] ?? kind;
}
