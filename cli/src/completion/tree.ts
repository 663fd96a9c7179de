import type { Argument, Command, Option } from "commander";
import { kindOf } from "../names/kinds.ts";
import type { NameKind } from "../names/kinds.ts";

/** What may stand at a place: one of these words, a name that the server knows, a file, or what nobody knows. */
export type Proposal = { words: readonly string[] } | { names: NameKind } | "files" | undefined;

/** A command with what may follow it. */
export interface Node {
  /** Words after `plumb`, such as `prs list`; empty for plumb itself. */
  path: string;
  summary: string;
  commands: { name: string; summary: string }[];
  options: { flags: string[]; summary: string; takesValue: boolean; value: Proposal }[];
  arguments: { value: Proposal; variadic: boolean }[];
}

/** Every command of the tree, the outer before the inner. Reads commander's tree, so that nothing is said twice. */
export function nodesOf(command: Command, path: readonly string[] = []): Node[] {
  const group = path[0] ?? "";
  const inner = command.commands.filter((one) => one.name() !== "help");
  return [
    {
      path: path.join(" "),
      summary: command.summary(),
      commands: inner.map((one) => ({ name: one.name(), summary: one.summary() })),
      options: [
        ...command.options.filter(({ hidden }) => !hidden).map((option) => toOption(option, group)),
        { flags: ["--help"], summary: "show the help", takesValue: false, value: undefined },
      ],
      arguments: command.registeredArguments.map((argument) => toArgument(argument, group)),
    },
    ...inner.flatMap((one) => nodesOf(one, [...path, one.name()])),
  ];
}

function toOption(option: Option, group: string): Node["options"][number] {
  return {
    flags: [option.long, option.short].filter((flag) => flag !== undefined && flag !== null),
    summary: option.description,
    takesValue: option.required || option.optional,
    value: proposal(option.argChoices, option.long?.replace(/^--/, "") ?? "", group, placeholderOf(option)),
  };
}

function toArgument(argument: Argument, group: string): Node["arguments"][number] {
  return { value: proposal(argument.argChoices, argument.name(), group), variadic: argument.variadic };
}

/** What stands for its value in the help: `file` of `--lock <file>`. */
function placeholderOf({ flags }: Option): string {
  return /[<[]([a-z-]+)/.exec(flags)?.[1] ?? "";
}

function proposal(words: readonly string[] | undefined, name: string, group: string, placeholder = ""): Proposal {
  if (words !== undefined) return { words };
  const kind = kindOf(name, group) ?? (kindOf(placeholder, "") === "files" ? "files" : undefined);
  return kind === undefined || kind === "files" ? kind : { names: kind };
}
