/** Cuts a stream of text into lines. A line longer than `longest` characters is given in pieces. */
export function lineReader(
  take: (line: string) => void,
  longest = 4_000_000,
): { push(text: string): void; end(): void } {
  let rest = "";
  return {
    push(text) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(line.endsWith("\r") ? line.slice(0, -1) : line);
      if (rest.length > longest) {
        take(rest);
        rest = "";
      }
    },
    end() {
      if (rest !== "") take(rest);
      rest = "";
    },
  };
}
