import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";
import type { ListOptions } from "./list.ts";
import type { SetOptions } from "./set.ts";

/** `plumb variables …` */
export function addVariables(program: Command, context: Context): void {
  const variables = group(program, "variables", "Sealed variables: values nobody can read again");
  leaf(variables, "list", "List sealed variables and their versions, never their values", [
    "plumb variables list --environment prod",
  ])
    .option("--environment <name>", "only of this environment")
    .option("--repository <name>", "the repository, where there are several")
    .action(async (options: ListOptions) => (await import("./list.ts")).listSealed(context, options));
  leaf(variables, "set", "Store a new version and open the pull request that puts it in use", [
    "plumb variables set admin_password --environment prod --component database",
    "openssl rand -base64 18 | plumb variables set admin_password --environment prod --component database",
  ])
    .argument("<name>", "name of the variable; its value is asked for, or read from stdin")
    .requiredOption("--environment <name>", "the environment")
    .option("--component <name>", "the component, or common for all", "common")
    .option("--ticket <ticket>", "the ticket, where the environment demands one")
    .option("--repository <name>", "the repository, where there are several")
    .action(async (name: string, options: SetOptions) => (await import("./set.ts")).setSealed(context, name, options));
}
