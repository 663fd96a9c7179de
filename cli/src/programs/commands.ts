import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import type { ProgramName } from "./start.ts";

/** `plumb server`, `plumb runner`, `plumb backup`, `plumb restore`: what follows the name goes to the program. */
export function addPrograms(program: Command, context: Context): void {
  for (const { name, summary, example, program: started, before } of commands)
    program
      .command(name)
      .summary(summary)
      .description(`${summary}. Signals are passed on; it ends with the program's exit code.`)
      .argument("[arguments...]", "given to the program as they are")
      .allowUnknownOption()
      .passThroughOptions()
      .addHelpText("after", `\nExamples:\n  ${example}\n  plumb ${name} -- --help`)
      .action(async (args: string[]) =>
        (await import("./start.ts")).startProgram(context, started, [...before, ...args]),
      );
}

const commands: readonly {
  name: string;
  summary: string;
  example: string;
  program: ProgramName;
  /** Arguments that the program gets before those that were given. */
  before: readonly string[];
}[] = [
  {
    name: "server",
    summary: "Start the server of this installation",
    example: "plumb server --config /etc/plumbline/server.yaml",
    program: "server",
    before: [],
  },
  {
    name: "runner",
    summary: "Start a runner of this installation",
    example: "plumb runner /etc/plumbline/runner.yaml",
    program: "runner",
    before: [],
  },
  {
    name: "backup",
    summary: "Write everything but the root key into one sealed file, also while the server runs",
    example: "plumb backup --config /etc/plumbline/server.yaml --output /var/backups/plumbline.plb",
    program: "backup",
    before: ["write"],
  },
  {
    name: "restore",
    summary: "Restore a backup into an empty installation",
    example: "plumb restore --config /etc/plumbline/server.yaml /var/backups/plumbline.plb",
    program: "backup",
    before: ["restore"],
  },
];
