import { Option } from "commander";
import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf, wholeNumber } from "../command/leaf.ts";
import type { CheckOptions } from "./check.ts";
import type { ListOptions } from "./list.ts";

/** `plumb drift …` */
export function addDrift(program: Command, context: Context): void {
  const drift = group(program, "drift", "Drift: reality differs from state");
  leaf(drift, "list", "List drift cases, open ones first", ["plumb drift list --status open"])
    .addOption(new Option("--status <status>", "only of this status").choices(["open", "reverting", "closed"]))
    .option("--client <name>", "only what is of this client")
    .option("--repository <name>", "only of this repository")
    .option("--workspace <name>", "only of this workspace")
    .option("--search <words>", "only those with these words in title or workspace, or this number")
    .option("--limit <count>", "at most so many", wholeNumber, 50)
    .action(async (options: ListOptions) => (await import("./list.ts")).listCases(context, options));
  leaf(drift, "show", "Show a drift case: what changed, since when, how bad", ["plumb drift show 57"])
    .argument("<case>", "number of the case", wholeNumber)
    .action(async (number: number) => (await import("./show.ts")).showCase(context, number));
  leaf(drift, "check", "Check a workspace for drift now", [
    "plumb drift check database/prod",
    "plumb drift check database/prod --wait   # ends with 1 where there is drift",
  ])
    .argument("<workspace>", "its name: component/environment")
    .option("--wait", "wait for the outcome")
    .action(async (workspace: string, options: CheckOptions) =>
      (await import("./check.ts")).checkNow(context, workspace, options),
    );
  leaf(drift, "revert", "Open the pull request that undoes a change in the cloud", [
    "plumb drift revert 57 --ticket OPS-4711",
  ])
    .argument("<case>", "number of the case", wholeNumber)
    .option("--ticket <ticket>", "the ticket, where the environment demands one")
    .action(async (number: number, options: { ticket?: string }) =>
      (await import("./revert.ts")).revertCase(context, number, options.ticket),
    );
}
