import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { instant, leaf, wholeNumber } from "../command/leaf.ts";
import type { AuditOptions } from "./audit.ts";

/** `plumb audit` */
export function addAudit(program: Command, context: Context): void {
  leaf(program, "audit", "Who did what", [
    "plumb audit --workspace database/prod --from 2026-11-01",
    "plumb audit --pull-request 128",
    "plumb audit 912                # one entry whole, with its details",
    "plumb audit --counts --from 2026-11-01",
    "plumb audit --export --from 2026-11-01 > november.jsonl",
  ])
    .argument("[entry]", "number of one entry", wholeNumber)
    .option("--client <name>", "only what is of this client")
    .option("--actor <name>", "only acts of this person, runner or system")
    .option("--action <action>", "only this action")
    .option("--workspace <name>", "only on this workspace")
    .option("--pull-request <number>", "only on this pull request", wholeNumber)
    .option("--from <instant>", "not before", instant)
    .option("--to <instant>", "before", instant)
    .option("--limit <count>", "at most so many, newest first", wholeNumber, 50)
    .option("--counts", "how many fit over time, of the last 24 hours without --from")
    .option("--export", "all of them as JSON lines, oldest first, with what their hashes are over")
    .action(async (entry: number | undefined, options: AuditOptions) =>
      (await import("./audit.ts")).showAudit(context, entry, options),
    );
}
