import { Option } from "commander";
import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";
import type { ListOptions } from "./list.ts";
import type { ParityOptions } from "./parity.ts";

/** `plumb workspaces …` */
export function addWorkspaces(program: Command, context: Context): void {
  const workspaces = group(program, "workspaces", "Workspaces: one component in one environment each");
  leaf(workspaces, "list", "List workspaces and where they stand", [
    "plumb workspaces list --environment prod",
    "plumb workspaces list --state drifted",
  ])
    .option("--client <name>", "only what is of this client")
    .option("--repository <name>", "only of this repository")
    .option("--environment <name>", "only of this environment")
    .option("--search <words>", "only those whose names hold each of these words")
    .addOption(
      new Option("--state <state>", "only in this state").choices([
        "frozen",
        "failed",
        "drifted",
        "held",
        "running",
        "unknown",
        "waits",
        "unapplied",
        "never_applied",
        "in_sync",
      ]),
    )
    .action(async (options: ListOptions) => (await import("./list.ts")).listAll(context, options));
  leaf(workspaces, "show", "Show a workspace: pin, inputs, values, queue, state versions", [
    "plumb workspaces show database/prod",
  ])
    .argument("<workspace>", "its name: component/environment")
    .action(async (name: string) => (await import("./show.ts")).showWorkspace(context, name));
  leaf(workspaces, "values", "Show each variable of a workspace: its value, where it comes from, what it wins over", [
    "plumb workspaces values database/prod",
  ])
    .argument("<workspace>", "its name: component/environment")
    .action(async (name: string) => (await import("./values.ts")).showValues(context, name));
  leaf(workspaces, "parity", "Show how the environments of components differ, and why", [
    "plumb workspaces parity",
    "plumb workspaces parity database",
    "plumb workspaces parity database --all",
  ])
    .argument("[component]", "only this component, with all that differs")
    .option("--client <name>", "only what is of this client")
    .option("--repository <name>", "of this repository; the first where it is left out")
    .option("--all", "with what is the same everywhere")
    .action(async (component: string | undefined, options: ParityOptions) =>
      (await import("./parity.ts")).showParity(context, component, options),
    );
  leaf(workspaces, "confirm-stopped", "Confirm that nothing of an unknown run still runs", [
    'plumb workspaces confirm-stopped shop/prod --statement "runner-2 was switched off; the cloud shows no activity"',
  ])
    .argument("<workspace>", "its name: component/environment")
    .requiredOption("--statement <text>", "how you know; it is audited")
    .action(async (name: string, options: { statement: string }) =>
      (await import("./confirm-stopped.ts")).confirmNothingRuns(context, name, options.statement),
    );
}
