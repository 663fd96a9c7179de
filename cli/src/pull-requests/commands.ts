import { Option } from "commander";
import type { Command } from "commander";
import { collect, group, leaf, wholeNumber } from "../command/leaf.ts";
import type { Context } from "../command/context.ts";
import type { ApproveOptions } from "./approve.ts";
import type { DestroyOptions } from "./destroy.ts";
import type { ListOptions } from "./list.ts";
import type { OpenOptions } from "./open.ts";
import type { PromoteOptions } from "./promote.ts";
import { addReading } from "./reading-commands.ts";
import type { ShowOptions } from "./show.ts";

/** `plumb prs …`, and the two commands that open pull requests without commits. */
export function addPullRequests(program: Command, context: Context): void {
  const prs = group(program, "prs", "Pull requests: look, approve, merge, revert");
  leaf(prs, "list", "List pull requests, newest first", [
    "plumb prs list --status open",
    "plumb prs list --mine --json",
  ])
    .addOption(new Option("--status <status>", "only of this status").choices(["open", "merged", "closed"]))
    .option("--client <name>", "only what is of this client")
    .option("--mine", "only those that wait for you")
    .option("--search <words>", "only those with these words in the title, or this number")
    .option("--repository <name>", "only of this repository")
    .option("--limit <count>", "at most so many", wholeNumber, 50)
    .action(async (options: ListOptions) => (await import("./list.ts")).listPrs(context, options));

  leaf(prs, "show", "Show a pull request: what is the case, gate, workspaces, findings, plans", [
    "plumb prs show 128",
    "plumb prs show 128 --workspace database/prod",
    "plumb prs show 128 --json",
  ])
    .argument("<number>", "number of the pull request", wholeNumber)
    .option("--workspace <name>", "only the plan of this workspace")
    .option("--no-plans", "leave the plans out")
    .action(async (number: number, options: ShowOptions) =>
      (await import("./show.ts")).showPr(context, number, options),
    );

  leaf(prs, "plans", "Show the newest plan of each affected workspace", ["plumb prs plans 128 --json"])
    .argument("<number>", "number of the pull request", wholeNumber)
    .option("--workspace <name>", "only of this workspace")
    .action(async (number: number, options: ShowOptions) =>
      (await import("./plans.ts")).showPlans(context, number, options),
    );

  leaf(prs, "replay", "Show what its change of policies would do to every workspace's newest plan", [
    "plumb prs replay 128",
  ])
    .argument("<number>", "number of the pull request", wholeNumber)
    .action(async (number: number) => (await import("./replay.ts")).showReplay(context, number));

  leaf(prs, "approve", "Show the plans, then sign a yes to exactly their digests", [
    "plumb prs approve 128",
    'plumb prs approve 128 --meaning "I answer for the network" --yes',
    "plumb prs approve 128 --digest network/prod=4be1… --yes",
  ])
    .argument("<number>", "number of the pull request", wholeNumber)
    .option("--meaning <text>", "what your yes means; it is signed too", "I read these plans and answer for them")
    .option(
      "--digest <workspace=digest>",
      "sign only if the plan to approve is this one; name all of them, one option each",
      collect,
    )
    .option("--yes", "do not ask; for scripts")
    .action(async (number: number, options: ApproveOptions) =>
      (await import("./approve.ts")).approvePr(context, number, options),
    );

  addReading(prs, context);

  const acts = [
    ["withdraw", "Take your approvals back"],
    ["merge", "Merge: the apply runs start"],
    ["replan", "Plan again against the newest main"],
    ["close", "Close without merging"],
    ["revert", "Open the pull request that reverts a merged one"],
  ] as const;
  for (const [name, summary] of acts)
    leaf(prs, name, summary, [`plumb prs ${name} 128`])
      .argument("<number>", "number of the pull request", wholeNumber)
      .action(async (number: number) => (await import("./act.ts")).act(context, name, number));

  leaf(prs, "open", "Open a pull request without commits: it plans workspaces as main declares them", [
    "plumb prs open network/prod database/prod",
    'plumb prs open shop/test --title "First apply of test" --ticket OPS-4711',
  ])
    .argument("<workspaces...>", "workspaces to plan")
    .option("--title <text>", "title of the pull request")
    .option("--description <text>", "what it is for, in Markdown")
    .option("--ticket <ticket>", "the ticket, where the environment demands one")
    .option("--repository <name>", "the repository, where there are several")
    .action(async (workspaces: string[], options: OpenOptions) =>
      (await import("./open.ts")).openPr(context, workspaces, options),
    );

  leaf(prs, "ticket", "Name the ticket of a pull request", ["plumb prs ticket 128 OPS-4711"])
    .argument("<number>", "number of the pull request", wholeNumber)
    .argument("<ticket>", "the ticket")
    .action(async (number: number, ticket: string) =>
      (await import("./ticket.ts")).nameTicket(context, number, ticket),
    );

  leaf(program, "promote", "Open the pull request that moves environments' pins", [
    "plumb promote uat",
    "plumb promote uat prod --commit 8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812 --label 2026.46 --ticket OPS-4711",
  ])
    .argument("<environments...>", "environments to move")
    .option("--commit <id>", "full id of a commit of main; what the environment before runs where it is left out")
    .option("--label <text>", "a name for the pin")
    .option("--title <text>", "title of the pull request")
    .option("--ticket <ticket>", "the ticket, where the environment demands one")
    .option("--repository <name>", "the repository, where there are several")
    .action(async (environments: string[], options: PromoteOptions) =>
      (await import("./promote.ts")).promoteEnvironments(context, environments, options),
    );

  leaf(program, "destroy", "Open the pull request that destroys everything in workspaces", [
    "plumb destroy shop/test",
    'plumb destroy shop/test database/test --title "Retire test" --yes',
  ])
    .argument("<workspaces...>", "workspaces to empty")
    .option("--title <text>", "title of the pull request")
    .option("--ticket <ticket>", "the ticket, where the environment demands one")
    .option("--repository <name>", "the repository, where there are several")
    .option("--yes", "do not ask; for scripts")
    .action(async (workspaces: string[], options: DestroyOptions) =>
      (await import("./destroy.ts")).destroyWorkspaces(context, workspaces, options),
    );
}
