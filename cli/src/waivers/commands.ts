import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";
import type { ListOptions } from "./list.ts";
import type { BaselineOptions } from "./baseline.ts";

/** `plumb waivers …` */
export function addWaivers(program: Command, context: Context): void {
  const waivers = group(program, "waivers", "Waivers and the baseline: findings that are let pass, and until when");
  leaf(waivers, "list", "List main's waivers: what each hides now, when it expires, how often it was prolonged", [
    "plumb waivers list",
    "plumb waivers list --unused",
  ])
    .option("--client <name>", "only what is of this client")
    .option("--repository <name>", "only of this repository")
    .option("--unused", "only those that hide nothing in the newest plans")
    .option("--expiring", "only those that expire within 14 days or have expired")
    .action(async (options: ListOptions) => (await import("./list.ts")).listAll(context, options));
  leaf(waivers, "baseline", "List findings of what is applied, with owner and the date from which they block", [
    "plumb waivers baseline --workspace database/prod",
  ])
    .option("--client <name>", "only what is of this client")
    .option("--repository <name>", "only of this repository")
    .option("--workspace <name>", "only of this workspace")
    .action(async (options: BaselineOptions) => (await import("./baseline.ts")).listBaseline(context, options));
}
