import type { SourcePlace } from "@plumbline/contract/findings";

/** Lines longer than this are cut in findings. */
const longestText = 240;

/** Tells lines and columns of offsets in one text. */
export class Places {
  readonly lines: readonly string[];
  readonly #file: string;
  readonly #starts: number[];

  constructor(file: string, text: string) {
    this.#file = file;
    this.#starts = [0];
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) this.#starts.push(end + 1);
    this.lines = this.#starts.map((start, index) => {
      const next = this.#starts[index + 1];
      return text.slice(start, next === undefined ? text.length : next - 1).replace(/\r$/, "");
    });
  }

  /** The line of an offset, from 1. */
  lineOf(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** The offset at which a line begins. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? 0;
  }

  /** The place of what begins at `start` and ends before `end`. */
  at(start: number, end: number): SourcePlace {
    const line = this.lineOf(start);
    return this.atLine(line, start - this.startOf(line) + 1, end);
  }

  atLine(line: number, column: number, end?: number): SourcePlace {
    const next = this.#starts[line];
    // Most things end on the line where they begin.
    const endLine = end === undefined || next === undefined || end < next ? line : this.lineOf(end - 1);
    return {
      file: this.#file,
      line,
      column,
      ...(endLine > line ? { endLine } : {}),
      text: (this.lines[line - 1] ?? "").trim().slice(0, longestText),
    };
  }
}
