import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { leaf, wholeNumber } from "../command/leaf.ts";
import type { ScorecardOptions } from "./list.ts";

/** `plumb scorecards` */
export function addScorecards(program: Command, context: Context): void {
  leaf(program, "scorecards", "Show how well each component is kept, worst first, with its trend", [
    "plumb scorecards",
    "plumb scorecards --repository shop-infrastructure --limit 200",
  ])
    .option("--client <name>", "only what is of this client")
    .option("--repository <name>", "only of this repository")
    .option("--limit <count>", "at most so many", wholeNumber, 50)
    .action(async (options: ScorecardOptions) => (await import("./list.ts")).listAll(context, options));
}
