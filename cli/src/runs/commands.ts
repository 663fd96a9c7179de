import { Option } from "commander";
import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf, wholeNumber } from "../command/leaf.ts";
import type { ListOptions } from "./list.ts";
import type { LogOptions } from "./logs.ts";

/** `plumb runs …` */
export function addRuns(program: Command, context: Context): void {
  const runs = group(program, "runs", "Runs: list, look, follow, cancel, retry");
  leaf(runs, "list", "List runs, newest first", [
    "plumb runs list --workspace database/prod",
    "plumb runs list --kind apply --status failed --json",
  ])
    .option("--client <name>", "only what is of this client")
    .option("--repository <name>", "only of this repository")
    .option("--workspace <name>", "only of this workspace")
    .option("--environment <name>", "only of this environment")
    .addOption(new Option("--kind <kind>", "only of this kind").choices(["plan", "apply", "drift", "drill", "replay"]))
    .addOption(
      new Option("--status <status>", "only of this status").choices([
        "waits",
        "queued",
        "running",
        "held",
        "finished",
        "failed",
        "unknown",
        "canceled",
        "superseded",
        "expired",
      ]),
    )
    .option("--pull-request <number>", "only of this pull request", wholeNumber)
    .option("--search <words>", "only those with these words in the workspace's name, or this number")
    .option("--limit <count>", "at most so many", wholeNumber, 50)
    .action(async (options: ListOptions) => (await import("./list.ts")).listAllRuns(context, options));

  leaf(runs, "show", "Show a run: phases, plan, findings, what comes next", ["plumb runs show 1893"])
    .argument("<number>", "number of the run", wholeNumber)
    .action(async (number: number) => (await import("./show.ts")).showRun(context, number));

  leaf(runs, "logs", "Print the log of a run, secrets masked", [
    "plumb runs logs 1893",
    "plumb runs logs 1893 --follow   # ends when the run ends: with 0 only where it ended well",
  ])
    .argument("<number>", "number of the run", wholeNumber)
    .option("-f, --follow", "go on until the run has ended; --json prints JSON lines")
    .action(async (number: number, options: LogOptions) =>
      (await import("./logs.ts")).showLog(context, number, options),
    );

  for (const [name, summary] of [
    ["cancel", "Ask a run to stop gracefully"],
    ["retry", "Try a failed apply again"],
  ] as const)
    leaf(runs, name, summary, [`plumb runs ${name} 1893`])
      .argument("<number>", "number of the run", wholeNumber)
      .action(async (number: number) => (await import("./act.ts")).act(context, name, number));
}
