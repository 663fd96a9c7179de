import { compileOwnersPattern } from "./code-owners-pattern.ts";
import type { ConfigurationProblem } from "../problem.ts";
import { problemAt } from "../problem.ts";
import { quote } from "../reading/yaml-file.ts";

/** Where a repository's code owners may stand, first found wins. */
export const codeOwnersPaths = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** Who owns a path, and which line says so. No owners: that line takes ownership away again. */
export interface Ownership {
  /** `@name`, `@org/team` or an e-mail address, as written. */
  owners: string[];
  pattern: string;
  line: number;
}

/** A CODEOWNERS file, read. */
export interface CodeOwners {
  rules: Ownership[];
  /** Lines that are wrong own nothing. */
  problems: ConfigurationProblem[];
  /** The last rule that matches a path (from the root, without a leading slash); undefined where none does. */
  ownersOf(path: string): Ownership | undefined;
}

const longestFile = 3 * 1_048_576;
const owner = /^(?:@[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98})(?:\/[A-Za-z0-9._-]{1,100})?|[^\s@]{1,64}@[^\s@]{1,255})$/;

/** Reads CODEOWNERS with GitHub's meaning: the last matching line wins, wrong lines are skipped and reported. */
export function readCodeOwners(text: string, file = "CODEOWNERS"): CodeOwners {
  const problems: ConfigurationProblem[] = [];
  const rules: (Ownership & { test: (path: string) => boolean })[] = [];
  if (text.length > longestFile) {
    problems.push(problemAt({ file, line: 1, column: 1 }, "the file is larger than 3 MiB"));
    text = "";
  }
  text.split(/\r?\n/).forEach((content, index) => {
    const words = splitWords(content);
    const [pattern, ...owners] = words;
    if (pattern === undefined) return;
    const line = index + 1;
    const report = (message: string, word: string) =>
      problems.push(problemAt({ file, line, column: content.indexOf(word) + 1 }, message));
    const test = compileOwnersPattern(pattern);
    if (typeof test === "string") return void report(`${quote(pattern)} matches nothing: ${test}`, pattern);
    const wrong = owners.find((name) => !owner.test(name));
    if (wrong !== undefined)
      return void report(
        `${quote(wrong)} is not an owner; write @name, @organization/team or an e-mail address`,
        wrong,
      );
    rules.push({ owners, pattern, line, test });
  });
  return {
    rules: rules.map(({ owners, pattern, line }) => ({ owners, pattern, line })),
    problems,
    ownersOf(path) {
      const found = rules.findLast((rule) => rule.test(path));
      return found === undefined ? undefined : { owners: found.owners, pattern: found.pattern, line: found.line };
    },
  };
}

/** Words of a line up to a comment; a backslash keeps the space or # after it. */
function splitWords(line: string): string[] {
  const words: string[] = [];
  let word = "";
  for (let index = 0; index < line.length; index++) {
    const character = line[index] ?? "";
    if (character === "\\" && index + 1 < line.length) {
      word += character + (line[++index] ?? "");
    } else if (character === "#" && word === "") {
      break;
    } else if (/\s/.test(character)) {
      if (word !== "") words.push(word);
      word = "";
    } else {
      word += character;
    }
  }
  if (word !== "") words.push(word);
  return words;
}
