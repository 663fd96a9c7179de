import { LineCounter, isScalar, parseDocument, visit } from "yaml";
import type { Document } from "yaml";

/** Characters of a file beyond which it is not read: what takes long to read stops everybody who waits for the server. */
const longestFile = 512 * 1024;

/** A YAML document as it was read, and what is wrong with its form, with offsets in the text. */
export interface ParsedYaml {
  document: Document;
  lines: LineCounter;
  errors: { offset: number; message: string }[];
}

/**
 * Parses one YAML 1.2 document. Repeated keys are errors; they are looked for here, since the parser compares every key with
 * every other, which takes minutes for a file of nothing but keys. Never throws. `longest`: characters that are read.
 */
export function parseYaml(text: string, longest: number = longestFile): ParsedYaml {
  const lines = new LineCounter();
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, schema: "core" } as const;
  const failed = (message: string): ParsedYaml => ({
    document: parseDocument("", options),
    lines,
    errors: [{ offset: 0, message }],
  });
  if (text.length > longest) return failed(`The file has more than ${Math.round(longest / 1024)} KiB.`);
  try {
    const document = parseDocument(text, options);
    const errors = document.errors.map(({ pos, message }) => ({ offset: pos[0], message }));
    return { document, lines, errors: errors.length > 0 ? errors : repeatedKeys(document) };
  } catch (fault) {
    return failed(`The file cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}

function repeatedKeys(document: Document): ParsedYaml["errors"] {
  const errors: ParsedYaml["errors"] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name))
          errors.push({ offset: isScalar(key) ? (key.range?.[0] ?? 0) : 0, message: "Map keys must be unique" });
        seen.add(name);
      }
    },
  });
  return errors;
}
