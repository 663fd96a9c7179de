import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";
import type { RegisterOptions } from "./register.ts";

/** `plumb runners …` */
export function addRunners(program: Command, context: Context): void {
  const runners = group(program, "runners", "Runners: the machines that execute");
  leaf(runners, "list", "List runners and their load", ["plumb runners list"]).action(async () =>
    (await import("./list.ts")).listAll(context),
  );
  leaf(runners, "register", "Register a runner; its token goes into a new file that only you may read", [
    "plumb runners register runner-2 --environment 'dev' --environment 'test' --token-file runner-2.token",
  ])
    .argument("<name>", "small letters, digits, dashes")
    .requiredOption("--environment <pattern...>", "environments it works for: prod, globex/*, *")
    .requiredOption("--token-file <file>", "where its token goes")
    .action(async (name: string, options: RegisterOptions) =>
      (await import("./register.ts")).register(context, name, options),
    );
  leaf(runners, "revoke", "Revoke a runner's token; what it runs loses its lease", ["plumb runners revoke runner-2"])
    .argument("<name>", "its name")
    .option("--yes", "do not ask; for scripts")
    .action(async (name: string, options: { yes?: boolean }) =>
      (await import("./revoke.ts")).revoke(context, name, options.yes === true),
    );
}
