import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { leaf } from "../command/leaf.ts";
import type { InitOptions } from "./init.ts";

/** `plumb init` */
export function addInit(program: Command, context: Context): void {
  leaf(
    program,
    "init",
    "Propose the configuration files for a checkout of Terraform code; nothing is written without --write",
    [
      "plumb init",
      "plumb init ~/infrastructure --json",
      "plumb init --write && plumb validate",
      "plumb init --one-code",
      "plumb init --clients live",
    ],
  )
    .argument("[folder]", "the checkout's folder", ".")
    .option("--write", "write the files; what is there stays as it is")
    .option(
      "--one-code",
      "propose one directory for all environments where each has its own, as far as the code allows it",
    )
    .option("--clients <folder>", "each directory in this folder is a client's: live/globex/prod is of globex/prod")
    .option("--no-clients", "nothing is a client's, whatever it looks like")
    .action(async (folder: string, options: InitOptions) => (await import("./init.ts")).init(context, folder, options));
}
