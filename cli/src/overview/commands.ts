import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { leaf } from "../command/leaf.ts";
import type { OverviewOptions } from "./overview.ts";

/** `plumb overview` */
export function addOverview(program: Command, context: Context): void {
  leaf(program, "overview", "Where everything stands: workspaces by environment, what waits for you, what happened", [
    "plumb overview",
    "plumb overview --json | jq '.waitsForMe[].title'",
  ])
    .option("--client <name>", "only what is of this client")
    .option("--repository <name>", "the repository, where there are several")
    .option("--all", "every component, also of many; otherwise those that need somebody")
    .action(async (options: OverviewOptions) => (await import("./overview.ts")).showOverview(context, options));
}
