import { Argument } from "commander";
import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";
import { nameKinds } from "../names/kinds.ts";
import type { NameKind } from "../names/kinds.ts";

/** `plumb completion …` */
export function addCompletion(program: Command, context: Context): void {
  const completion = group(program, "completion", "Completion of commands and names for your shell");
  for (const [shell, example] of [
    ["bash", 'eval "$(plumb completion bash)"   # in ~/.bashrc'],
    ["zsh", "source <(plumb completion zsh)   # in ~/.zshrc, after compinit"],
    ["fish", "plumb completion fish > ~/.config/fish/completions/plumb.fish"],
  ] as const)
    leaf(completion, shell, `Print the completion for ${shell}`, [example]).action(async () =>
      (await import("./print.ts")).printCompletion(context, program, shell),
    );
  leaf(completion, "names", "Print names that the server knows; nothing where it cannot be asked", [
    "plumb completion names workspaces",
  ])
    .addArgument(new Argument("<kind>", "what to name").choices(nameKinds))
    .action(async (kind: NameKind) => (await import("./names.ts")).printNames(context, kind));
}
