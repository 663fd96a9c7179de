import type { Place } from "./body.ts";

/** Brackets, operators and templates may be nested this deep. */
const deepestNesting = 250;

/** Thrown inside the parser; becomes a fault of the file. */
export class SyntaxStop extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const identifier = /[\p{L}_][\p{L}\p{N}\p{M}_-]*/uy;

/** A place in a text, with what every part of the grammar needs. */
export class Scanner {
  readonly file: string;
  readonly text: string;
  /** Offset of the next character. */
  at = 0;
  /** True inside brackets, where a line's end is white space. */
  acrossLines = false;
  #depth = 0;
  #lineStarts: number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  stop(message: string, at = this.at): never {
    throw new SyntaxStop(message, at);
  }

  /** Runs a nested part of the grammar, refusing nesting beyond any sense. */
  nested<T>(read: () => T): T {
    if (this.#depth >= deepestNesting) this.stop(`Nested deeper than ${deepestNesting} levels`);
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Runs a part between brackets, where lines may break; or one where they may not. */
  within<T>(acrossLines: boolean, read: () => T): T {
    const before = this.acrossLines;
    this.acrossLines = acrossLines;
    try {
      return this.nested(read);
    } finally {
      this.acrossLines = before;
    }
  }

  /** Skips blanks and comments, and line ends too where they do not count. */
  skip(lines = this.acrossLines): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 32 || code === 9 || code === 13 || code === 0xfeff || (lines && code === 10)) this.at += 1;
      else if (code === 35 || (code === 47 && text[this.at + 1] === "/")) this.at = this.#lineEnd();
      else if (code === 47 && text[this.at + 1] === "*") {
        const end = text.indexOf("*/", this.at + 2);
        if (end < 0) this.stop("A comment is not closed");
        this.at = end + 2;
      } else return;
    }
  }

  #lineEnd(): number {
    const end = this.text.indexOf("\n", this.at);
    return end < 0 ? this.text.length : end;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  startsWith(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  /** Takes the token if it is next. */
  take(token: string): boolean {
    if (!this.startsWith(token)) return false;
    this.at += token.length;
    return true;
  }

  expect(token: string, where: string): void {
    if (!this.take(token)) this.stop(`Expected ${token} ${where}, found ${this.found()}`);
  }

  /** Takes a name if one is next. */
  takeName(): string | undefined {
    identifier.lastIndex = this.at;
    const name = identifier.exec(this.text)?.[0];
    if (name !== undefined) this.at += name.length;
    return name;
  }

  /** The word without taking it. */
  peekName(): string | undefined {
    const { at } = this;
    const name = this.takeName();
    this.at = at;
    return name;
  }

  /** What stands here, for messages. */
  found(): string {
    if (this.ended) return "the end of the file";
    const rest = this.text.slice(this.at, this.at + 20).split("\n", 1)[0] ?? "";
    return rest === "" ? "the end of the line" : JSON.stringify(rest);
  }

  placeAt(offset: number): Place {
    this.#lineStarts ??= lineStartsOf(this.text);
    const starts = this.#lineStarts;
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { file: this.file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}
