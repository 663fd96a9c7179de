import type { Command } from "commander";
import { expect, test } from "vitest";
import { makeContext } from "./command/context.ts";
import { makeProgram } from "./program.ts";
import { processTerminal } from "./terminal/terminal.ts";

/** plumb whose commands are read and then do nothing; `ran` gets the name of each. */
function readingOnly(ran: string[]): Command {
  const program = makeProgram(makeContext(processTerminal(), false));
  const still = (command: Command, path: string): void => {
    if (command.commands.length === 0) command.action(() => void ran.push(path));
    for (const inner of command.commands) still(inner, `${path} ${inner.name()}`.trim());
  };
  still(program, "");
  return program;
}

function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (piece) => void (text += piece) }).outputHelp();
  return text;
}

/** Each command with an example of its help: the words of every `plumb` in it, as a shell reads them. */
const examples = (function all(command: Command, path: string): [string, string, string[]][] {
  const shown = helpOf(command).split(/\nExamples:\n/)[1] ?? "";
  const own = shown
    .split("\n")
    .map((line) => line.trim().replace(/\s+#\s.*$/, ""))
    .flatMap((line) => line.split(/ (?:&&|\|\||\|) /))
    .flatMap((line): [string, string, string[]][] => {
      const words = [...(line.split(/ [<>] /)[0] ?? "").matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)];
      const [program, ...args] = words.map(([, double, single, plain]) => double ?? single ?? plain ?? "");
      return program === "plumb" ? [[path, line, args]] : [];
    });
  return [...own, ...command.commands.flatMap((inner) => all(inner, `${path} ${inner.name()}`.trim()))];
})(readingOnly([]), "");

test.each(examples)("%s: %s is a command line that plumb takes", async (_path, _line, args) => {
  const ran: string[] = [];
  await readingOnly(ran).parseAsync(args, { from: "user" });
  expect(ran).toHaveLength(1);
});

test("every command has an example that runs it", async () => {
  const without = new Set(examples.map(([path]) => path));
  expect(without.size).toBeGreaterThan(100);
  for (const [path, , args] of examples) {
    const ran: string[] = [];
    await readingOnly(ran).parseAsync(args, { from: "user" });
    if (ran.includes(path)) without.delete(path);
  }
  // Examples of plumb itself are of its commands.
  expect([...without].filter((path) => path !== "")).toEqual([]);
});
