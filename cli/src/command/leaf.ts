import { InvalidArgumentError } from "commander";
import type { Command } from "commander";

/** A command with its summary, `--json` and examples at the end of its help. */
export function leaf(parent: Command, name: string, summary: string, examples: readonly string[]): Command {
  const [first = "", ...rest] = name.split(" ");
  const command = parent.command(first).summary(summary).description(`${summary}.`);
  for (const argument of rest) command.argument(argument);
  return command.option("--json", "print JSON").addHelpText("after", exampleText(examples));
}

/** A command that only holds others. */
export function group(parent: Command, name: string, summary: string): Command {
  return parent.command(name).summary(summary).description(`${summary}.`);
}

function exampleText(examples: readonly string[]): string {
  return examples.length === 0 ? "" : `\nExamples:\n${examples.map((example) => `  ${example}`).join("\n")}`;
}

/** Reads a whole number from 1; for numbers of pull requests, runs, cases and versions: `128` or `#128`. */
export function wholeNumber(text: string): number {
  const found = /^#?([1-9]\d{0,8})$/.exec(text)?.[1];
  if (found === undefined) throw new InvalidArgumentError("It is a whole number from 1.");
  return Number(found);
}

/** Reads a whole number from 0. */
export function wholeNumberOrZero(text: string): number {
  return text === "0" ? 0 : wholeNumber(text);
}

/** Reads an instant as ISO 8601 and answers it in UTC; a date alone means its beginning. */
export function instant(text: string): string {
  const time = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError("It is an instant like 2026-11-22 or 2026-11-22T07:41:00Z.");
  return new Date(time).toISOString();
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
