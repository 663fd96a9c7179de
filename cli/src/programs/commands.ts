import type { Command } from "commander";
import type { Context } from "../command/context.ts";

/** `plumb server`, `plumb runner`: everything after the name goes to the program. */
export function addPrograms(program: Command, context: Context): void {
  for (const [name, summary, example] of [
    ["server", "Start the server of this installation", "plumb server --config /etc/plumbline/server.yaml"],
    ["runner", "Start a runner of this installation", "plumb runner /etc/plumbline/runner.yaml"],
  ] as const)
    program
      .command(name)
      .summary(summary)
      .description(`${summary}. Signals are passed on; it ends with the program's exit code.`)
      .argument("[arguments...]", "given to the program as they are")
      .allowUnknownOption()
      .passThroughOptions()
      .addHelpText("after", `\nExamples:\n  ${example}\n  plumb ${name} -- --help`)
      .action(async (args: string[]) => (await import("./start.ts")).startProgram(context, name, args));
}
