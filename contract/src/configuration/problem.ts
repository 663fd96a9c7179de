import type { Place } from "../errors.ts";

/**
 * A mistake in a configuration file of a repository. `message` is the sentence without its place; `line` and `column`
 * count from 1. `proposal` is what could stand there instead, where one value is likely.
 */
export interface ConfigurationProblem {
  message: string;
  file: string;
  line: number;
  column: number;
  proposal?: string;
}

/** One line for people: `plumbline.yaml:23: unknown component “databse”. Did you mean database?` */
export function formatConfigurationProblem(problem: ConfigurationProblem): string {
  return `${problem.file}:${problem.line}: ${problem.message}`;
}

/** Makes a problem at a place; with a proposal the message ends with the question whether that was meant. */
export function problemAt(place: Required<Place>, message: string, proposal?: string): ConfigurationProblem {
  if (proposal === undefined) return { message, ...place };
  return { message: `${message}. Did you mean ${proposal}?`, ...place, proposal };
}

/** Order for people: by file, then line, then column, then message. */
export function compareProblems(left: ConfigurationProblem, right: ConfigurationProblem): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  if (left.line !== right.line) return left.line - right.line;
  if (left.column !== right.column) return left.column - right.column;
  return left.message < right.message ? -1 : left.message > right.message ? 1 : 0;
}
