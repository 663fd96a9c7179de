import { Option } from "commander";
import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";
import type { CreateOptions } from "./create.ts";

/** `plumb channels …` */
export function addChannels(program: Command, context: Context): void {
  const channels = group(program, "channels", "Where notifications go: webhooks, chat, e-mail");
  leaf(channels, "list", "List channels", ["plumb channels list"]).action(async () =>
    (await import("./list.ts")).listAll(context),
  );
  leaf(channels, "create", "Add a channel; its address is asked for, or read from stdin", [
    "plumb channels create ops --kind slack --event held failed unknown drift_opened",
    "plumb channels create pager --kind webhook --event unknown < url.txt",
    "plumb channels create mail --kind email --to people --event approval_wanted",
    "plumb channels create globex --kind email --to it@globex.example --event applied drift_opened --environment 'globex/*'",
  ])
    .argument("<name>", "a name for it")
    .addOption(
      new Option("--kind <kind>", "what it speaks").choices(["webhook", "slack", "email"]).makeOptionMandatory(),
    )
    .requiredOption(
      "--event <events...>",
      "what is sent: approval_wanted, held, failed, applied, unknown, drift_opened, drift_closed, check_overdue, waiver_expiring, finding_after_apply, or all",
    )
    .option("--environment <pattern...>", "only what is about these environments: prod, globex/*", ["*"])
    .option("--to <address>", "for e-mail: an address, or people for everybody's own; URLs are never arguments")
    .action(async (name: string, options: CreateOptions) =>
      (await import("./create.ts")).createOne(context, name, options),
    );
  leaf(channels, "delete", "Remove a channel", ["plumb channels delete ops"])
    .argument("<name>", "its name or id, as channels list shows it")
    .action(async (name: string) => (await import("./delete.ts")).deleteOne(context, name));
}
