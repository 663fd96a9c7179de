import { Problem } from "@plumbline/contract/errors";
import { CommanderError } from "commander";
import type { Command } from "commander";
import { makeContext, printableJson } from "./command/context.ts";
import { exitCodeOf, exitCodes } from "./command/exit-code.ts";
import { Interrupted, ProgramEnded, UsageFault } from "./command/faults.ts";
import { usageText } from "./command/usage-text.ts";
import { makeProgram } from "./program.ts";
import { printableLine, printableLines } from "./terminal/clean.ts";
import { lookOf } from "./terminal/look.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** Runs `plumb` with these arguments; answers its exit code. Never throws for what people or servers do. */
export async function runPlumb(args: readonly string[], terminal: Terminal): Promise<number> {
  const end = args.indexOf("--");
  const json = (end < 0 ? args : args.slice(0, end)).includes("--json");
  const context = makeContext(terminal, json);
  const program = makeProgram(context);
  try {
    await program.parseAsync([...args], { from: "user" });
    return context.failed() ? exitCodes.failed : exitCodes.ok;
  } catch (error) {
    return report(error, terminal, { json, command: commandOf(program, args) });
  }
}

/** The command that was meant, as far as there is one: `plumb prs list`. */
function commandOf(program: Command, args: readonly string[]): string {
  const [first, ...rest] = args.filter((arg) => !arg.startsWith("-"));
  const inner = program.commands.find((one) => one.name() === first || one.aliases().some((name) => name === first));
  return inner === undefined ? program.name() : `${program.name()} ${commandOf(inner, rest)}`;
}

/** What went wrong, where, and what to do, on stderr; as JSON with `--json`. */
function report(error: unknown, terminal: Terminal, { json, command }: Invocation): number {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
  if (error instanceof ProgramEnded) return error.exitCode;
  // A command that only holds others was given none: its help stands there already.
  if (error instanceof CommanderError && error.code === "commander.help" && !json) return exitCodes.usage;
  const { exitCode, title, detail, next, more } = describe(error, command);
  const address = addressOf(error);
  if (json) {
    const body =
      error instanceof Problem ? error.toJSON() : { code: codeOf(exitCode), title, detail: detail || title, next };
    terminal.stderr.write(`${printableJson(body, 0)}\n`);
    return exitCode;
  }
  const look = lookOf(terminal, "stderr");
  const lines = [
    `${look.paint("red", "plumb:")} ${printableLine(title)}`,
    // Lines after the first stand further in, so that none looks like ours.
    ...printableLines(detail).flatMap((line, index) => (line === "" ? [] : [`${index === 0 ? "  " : "    "}${line}`])),
    ...more.map((line) => `  ${printableLine(line)}`),
    ...(next === "" ? [] : [`  ${look.paint("bold", "Next:")} ${printableLine(next)}`]),
    ...(address === "" ? [] : [`  ${look.paint("bold", "More:")} ${printableLine(address)}`]),
  ];
  terminal.stderr.write(`${lines.join("\n")}\n`);
  return exitCode;
}

/** How plumb was started: whether programs read its output, and which command was meant. */
interface Invocation {
  json: boolean;
  command: string;
}

interface Description {
  exitCode: number;
  title: string;
  detail: string;
  next: string;
  more: string[];
}

function describe(error: unknown, command: string): Description {
  if (error instanceof Problem) {
    const { requestId } = error.data;
    const places = error.places.map(
      ({ file, line, column }) => `${file}:${line}${column === undefined ? "" : `:${column}`}`,
    );
    return {
      exitCode: exitCodeOf(error.code),
      title: error.title,
      detail: error.message,
      next: error.next,
      more: [...places, ...(typeof requestId === "string" ? [`Request ${requestId}`] : [])],
    };
  }
  if (error instanceof CommanderError)
    return {
      exitCode: exitCodes.usage,
      title: usageText(error.message),
      detail: "",
      next: `${command} --help says how it is used.`,
      more: [],
    };
  if (error instanceof UsageFault)
    return {
      exitCode: exitCodes.usage,
      title: error.message,
      detail: "",
      next: error.hint,
      more: [],
    };
  if (error instanceof Interrupted)
    return {
      exitCode: exitCodes.interrupted,
      title: error.message,
      detail: "",
      next: "",
      more: [],
    };
  return {
    exitCode: exitCodes.failed,
    title: "Something failed inside plumb",
    detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    next: "If the server is of another version, use its plumb; otherwise report this with what you ran.",
    more: [],
  };
}

/** Where the documentation tells more, for what a server refused. */
function addressOf(error: unknown): string {
  const address = error instanceof Problem ? error.data["more"] : undefined;
  return typeof address === "string" ? address : "";
}

function codeOf(exitCode: number): string {
  if (exitCode === exitCodes.usage) return "invalid_request";
  return exitCode === exitCodes.interrupted ? "interrupted" : "internal";
}
