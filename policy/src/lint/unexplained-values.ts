import { posix } from "node:path";
import { canonicalJson } from "@plumbline/contract/canonical-json";
import { literalValue } from "../sources/syntax-tree.ts";
import type { Attribute, SourceFile } from "../sources/syntax-tree.ts";
import { lintRules } from "./lint-rules.ts";
import type { LintHit } from "./lint-rules.ts";

/** Whose values a file holds, and with which others they are compared: those of the same set. */
export interface ValuesOf {
  environments: readonly string[];
  set: string;
}

/**
 * Values of tfvars files that differ between environments and carry no `# why: ...` on the line above or behind them.
 * Files of one set are compared; an entry that only one of them has is none. Answers the hits of every environment;
 * `file` of a hit tells whose it is.
 */
export function findUnexplainedValues(
  files: Iterable<SourceFile>,
  whose: (path: string) => ValuesOf | undefined = valuesByPath,
): LintHit[] {
  const entries = new Map<string, { file: SourceFile; attribute: Attribute; value: string }[]>();
  for (const file of files) {
    const set = whose(file.path)?.set;
    if (set === undefined) continue;
    for (const attribute of file.attributes.values()) {
      const literal = literalValue(attribute.value);
      if (literal === undefined) continue;
      const key = `${set} ${attribute.name}`;
      const same = entries.get(key) ?? [];
      same.push({ file, attribute, value: canonicalJson(literal) });
      entries.set(key, same);
    }
  }
  return [...entries.values()]
    .filter((same) => new Set(same.map(({ value }) => value)).size > 1)
    .flat()
    .filter(({ file, attribute }) => reasonOf(file, attribute) === undefined)
    .map(({ attribute }) => ({
      rule: lintRules.unexplainedValue,
      place: attribute.place,
      attribute: attribute.name,
      key: attribute.name,
      title: `${attribute.name} differs between environments without a reason`,
    }));
}

/** Where nothing else is said: the files of one name in `environments/<environment>/`. */
export function valuesByPath(path: string): ValuesOf | undefined {
  const environment = environmentOfFile(path);
  return environment === undefined ? undefined : { environments: [environment], set: posix.basename(path) };
}

/** `globex/prod` for `environments/globex/prod/shop.tfvars`; undefined for other files. */
export function environmentOfFile(path: string): string | undefined {
  return /^environments\/(.+)\/[^/]+\.tfvars$/.exec(path)?.[1];
}

/**
 * The reason written beside a value: what follows `# why:` (or `// why:`) in the comment above it or behind it, to the
 * comment's end. Undefined where none is.
 */
export function reasonOf(file: SourceFile, attribute: Attribute): string | undefined {
  const { line, endLine = line } = attribute.place;
  const reason = /(?:#|\/\/)\s*why:\s*(\S.*)/;
  const alone = /^\s*(?:#|\/\/)(.*)/;
  // A longer comment may begin with the reason some lines above; what stands between goes on with it.
  const further: string[] = [];
  for (let above = line - 2; above >= 0; above -= 1) {
    const text = file.lines[above] ?? "";
    const comment = alone.exec(text)?.[1];
    if (comment === undefined) break;
    const found = reason.exec(text)?.[1];
    if (found !== undefined) return [found, ...further].map((part) => part.trim()).join(" ");
    further.unshift(comment);
  }
  for (const text of file.lines.slice(line - 1, endLine)) {
    const found = reason.exec(text)?.[1];
    if (found !== undefined) return found.trim();
  }
  return undefined;
}
