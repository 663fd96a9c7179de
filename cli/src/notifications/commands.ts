import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf, wholeNumber } from "../command/leaf.ts";
import type { ListOptions } from "./list.ts";

/** `plumb notifications …` */
export function addNotifications(program: Command, context: Context): void {
  const notifications = group(program, "notifications", "What was sent to whom");
  leaf(notifications, "list", "List notifications with how each delivery went, newest first", [
    "plumb notifications list --limit 10",
    "plumb notifications list --undelivered --json",
  ])
    .option("--undelivered", "only those with a delivery that has not arrived")
    .option("--limit <count>", "at most so many", wholeNumber, 50)
    .action(async (options: ListOptions) => (await import("./list.ts")).listAll(context, options));
}
