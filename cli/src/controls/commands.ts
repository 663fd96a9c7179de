import { Option } from "commander";
import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";
import type { ReportOptions } from "./report.ts";

/** `plumb controls …` */
export function addControls(program: Command, context: Context): void {
  const controls = group(program, "controls", "Controls of catalogues such as CIS: how they stand in what is applied");
  leaf(controls, "list", "List the catalogues with how many controls fail in each environment", [
    "plumb controls list",
    "plumb controls list --client globex",
  ])
    .option("--client <name>", "only what is of this client")
    .action(async (options: { client?: string }) => (await import("./list.ts")).listCatalogues(context, options));
  leaf(controls, "report", "Show each control of a catalogue, with what it rests on", [
    "plumb controls report cis-aws-5.0 --environment prod",
    "plumb controls report cis-aws-5.0 --failing",
    "plumb controls report cis-aws-5.0 --format csv > cis.csv",
    "plumb controls report cis-aws-5.0 --format html > cis.html",
  ])
    .argument("<catalogue>", "its short name, as plumb controls list prints it")
    .option("--client <name>", "only what is of this client")
    .option("--environment <name>", "only this environment")
    .option("--failing", "only controls that fail somewhere")
    .addOption(new Option("--format <format>", "how it is printed").choices(["text", "csv", "html"]).default("text"))
    .action(async (catalogue: string, options: ReportOptions) =>
      (await import("./report.ts")).showReport(context, catalogue, options),
    );
}
