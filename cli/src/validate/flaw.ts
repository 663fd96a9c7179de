import type { Severity } from "@plumbline/contract";

/** Something that `plumb validate` found. Only `error` makes it fail. */
export interface Flaw {
  level: "error" | "advice";
  file: string;
  line: number;
  column: number | null;
  message: string;
  proposal: string | null;
  /** The lint rule and its severity, where a rule found it. */
  rule: string | null;
  severity: Severity | null;
}

/** An error in a configuration file. */
export function errorAt(at: { file: string; line: number; column?: number; proposal?: string }, message: string): Flaw {
  return {
    level: "error",
    file: at.file,
    line: at.line,
    column: at.column ?? null,
    message,
    proposal: at.proposal ?? null,
    rule: null,
    severity: null,
  };
}

/** Order for people: by file, line, column. */
export function compareFlaws(left: Flaw, right: Flaw): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || (left.column ?? 0) - (right.column ?? 0);
}
