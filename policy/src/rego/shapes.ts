import { bareCode } from "./rego-text.ts";

/** What rules get as `input`: one resource, the plan, or a list of documents as `conftest --combine` gives it. */
export type Shape = "resource" | "plan" | "combined";

/** What a file's text tells about the input that its rules expect. */
export interface FileSignals {
  package: string;
  /** Shapes that the file itself names; none where it says nothing about them. */
  own: readonly Shape[];
  /** Packages that it refers to. */
  refers: readonly string[];
}

const planMembers =
  "resource_changes|resource_drift|prior_state|configuration|root_module|output_changes|planned_values\\.root_module";

/** Reads the signals of a file. `code` is its text without comments, strings kept. */
export function signalsOf(name: string, code: string): FileSignals {
  const bare = bareCode(code.replaceAll(/\[\s*"(\w+)"\s*\]/g, ".$1"));
  const aliases = [...bare.matchAll(/\bimport\s+input(?:\.[\w.]+)?\s+as\s+(\w+)/g)].map((found) => found[1] ?? "input");
  const input = `\\b(?:${["input", ...aliases].join("|")})`;
  const names = (pattern: string): boolean => new RegExp(pattern).test(bare);
  const isCombined =
    names(`${input}\\s*\\[[^\\]]*\\]\\s*\\.\\s*(?:contents|path)\\b`) ||
    (names(`\\bin\\s+${input}\\b(?!\\s*[.\\[])`) && names("\\.\\s*contents\\b"));
  const isResource = names(`${input}\\s*\\.\\s*(?:resource_type\\b|planned_values\\.(?!root_module\\b|outputs\\b)\\w)`);
  const isPlan =
    names(`\\.\\s*(?:${planMembers})\\b`) ||
    names("\\bimport\\s+input\\.(?:resource_changes|planned_values|configuration)\\b");
  const own: Shape[] = isCombined
    ? ["combined"]
    : [...(isResource ? (["resource"] as const) : []), ...(isPlan ? (["plan"] as const) : [])];
  return {
    package: name,
    own,
    refers: [...bare.matchAll(/\bdata((?:\.\w+)+)/g)].map((found) => (found[1] ?? "").slice(1)),
  };
}

/**
 * What the rules of a file expect: what it names itself; else what the other files of its package and the packages that
 * it refers to name; else the plan, as conftest gives it.
 */
export function shapesOf(file: FileSignals, all: readonly FileSignals[]): readonly Shape[] {
  if (file.own.length > 0) return file.own;
  const found = new Set<Shape>();
  const visited = new Set<FileSignals>();
  const visit = (one: FileSignals): void => {
    if (visited.has(one)) return;
    visited.add(one);
    for (const shape of one.own) found.add(shape);
    for (const other of all)
      if (other.package === one.package || one.refers.some((path) => `${path}.`.startsWith(`${other.package}.`)))
        visit(other);
  };
  visit(file);
  return found.size > 0 ? [...found] : ["plan"];
}
