import { Option } from "commander";
import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, instant, leaf, wholeNumber, wholeNumberOrZero } from "../command/leaf.ts";
import type { ExportOptions } from "./export.ts";
import type { ImportOptions } from "./import.ts";
import type { ResourcesOptions } from "./resources.ts";
import type { ShowOptions } from "./show.ts";

/** `plumb state …` */
export function addStates(program: Command, context: Context): void {
  const state = group(program, "state", "State versions: list, look, download, compare, take over");
  leaf(state, "list", "List the state versions of a workspace, newest first", ["plumb state list database/prod"])
    .argument("<workspace>", "its name: component/environment")
    .option("--limit <count>", "at most so many", wholeNumber, 50)
    .action(async (workspace: string, options: { limit: number }) =>
      (await import("./list.ts")).listVersions(context, workspace, options.limit),
    );
  leaf(state, "show", "Show which resources a state holds, without their values (an audited read)", [
    "plumb state show database/prod",
    "plumb state show database/prod --version 12 --json",
  ])
    .argument("<workspace>", "its name: component/environment")
    .option("--version <number>", "this version; the newest where it is left out", wholeNumber)
    .action(async (workspace: string, options: ShowOptions) =>
      (await import("./show.ts")).showState(context, workspace, options),
    );
  leaf(state, "resources", "List which resources a state held at a version or an instant", [
    "plumb state resources database/prod --at 2026-11-20",
    "plumb state resources database/prod --version 12",
  ])
    .argument("<workspace>", "its name: component/environment")
    .addOption(new Option("--version <number>", "this version").argParser(wholeNumber).conflicts("at"))
    .option("--at <instant>", "as it was then", instant)
    .action(async (workspace: string, options: ResourcesOptions) =>
      (await import("./resources.ts")).listResources(context, workspace, options),
    );
  leaf(state, "export", "Download a state as it was stored, secrets included (an audited read)", [
    "plumb state export database/prod --output database.tfstate",
    "plumb state export database/prod --version 12 | jq .serial",
  ])
    .alias("pull")
    .argument("<workspace>", "its name: component/environment")
    .option("--version <number>", "this version; the newest where it is left out", wholeNumber)
    .option("-o, --output <file>", "write it to a new file that only you may read")
    .action(async (workspace: string, options: ExportOptions) =>
      (await import("./export.ts")).exportState(context, workspace, options),
    );
  leaf(state, "import", "Take over an existing state, by a pull request whose plan must show no change", [
    "plumb state import network/prod network-prod.tfstate",
    "terraform state pull | plumb state import network/prod - --ticket OPS-12",
  ])
    .argument("<workspace>", "its name: component/environment")
    .argument("<file>", "what terraform state pull prints; - reads stdin")
    .option("--title <text>", "title of the pull request")
    .option("--description <text>", "what its reviewers should know")
    .option("--ticket <ticket>", "ticket that it belongs to")
    .action(async (workspace: string, file: string, options: ImportOptions) =>
      (await import("./import.ts")).importStateFile(context, workspace, file, options),
    );
  leaf(state, "diff", "Compare two state versions by resource, sensitive values redacted", [
    "plumb state diff database/prod 11 12",
    "plumb state diff database/prod 0 1   # 0: before the first",
  ])
    .argument("<workspace>", "its name: component/environment")
    .argument("<from>", "version before", wholeNumberOrZero)
    .argument("<to>", "version after", wholeNumber)
    .action(async (workspace: string, from: number, to: number) =>
      (await import("./diff.ts")).diffVersions(context, workspace, from, to),
    );
}
