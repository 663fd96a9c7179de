import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { leaf } from "../command/leaf.ts";

/** `plumb validate` */
export function addValidate(program: Command, context: Context): void {
  leaf(program, "validate", "Check the configuration files of a repository, offline", [
    "plumb validate",
    "plumb validate ~/shop-infrastructure --json",
  ])
    .argument("[folder]", "the repository's folder", ".")
    .action(async (folder: string) => (await import("./validate.ts")).validate(context, folder));
}
