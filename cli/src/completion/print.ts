import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import { nodesOf } from "./tree.ts";
import { zshCompletion } from "./zsh.ts";

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `plumb completion bash|zsh|fish`; with `--json` as `{shell, script}`. */
export function printCompletion(context: Context, program: Command, shell: keyof typeof shells): void {
  const script = shells[shell](nodesOf(program));
  if (context.json) context.print({ shell, script }, () => []);
  else context.terminal.stdout.write(script);
}
