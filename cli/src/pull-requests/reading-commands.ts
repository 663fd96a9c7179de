import type { Command } from "commander";
import { leaf, wholeNumber } from "../command/leaf.ts";
import type { Context } from "../command/context.ts";
import type { CommentOptions } from "./comments.ts";
import type { WatchOptions } from "../watch/watch.ts";
import type { CommitsOptions } from "./commits.ts";
import type { FilesOptions } from "./files.ts";

const numberHelp = "number of the pull request";

/** What can be read of a pull request beside its gate and plans, and what is said to it. */
export function addReading(prs: Command, context: Context): void {
  leaf(prs, "files", "List the files that the newest patch set changes, with their owners", [
    "plumb prs files 128",
    "plumb prs files 128 --patch",
  ])
    .argument("<number>", numberHelp, wholeNumber)
    .option("--patch", "print what changes in each")
    .action(async (number: number, options: FilesOptions) =>
      (await import("./files.ts")).showFiles(context, number, options),
    );
  leaf(prs, "commits", "List the commits of a patch set, and who has a part in the pull request", [
    "plumb prs commits 128",
    "plumb prs commits 128 --patch-set 1",
  ])
    .argument("<number>", numberHelp, wholeNumber)
    .option("--patch-set <number>", "of this patch set; of the newest where it is left out", wholeNumber)
    .action(async (number: number, options: CommitsOptions) =>
      (await import("./commits.ts")).showCommits(context, number, options),
    );
  leaf(prs, "compare", "Show what differs between two patch sets: plans and files", [
    "plumb prs compare 128        # the last two",
    "plumb prs compare 128 1 3",
  ])
    .argument("<number>", numberHelp, wholeNumber)
    .argument("[from]", "the earlier patch set", wholeNumber)
    .argument("[to]", "the later patch set", wholeNumber)
    .action(async (number: number, from?: number, to?: number) =>
      (await import("./compare.ts")).compare(context, number, { from, to }),
    );
  leaf(prs, "timeline", "Show what happened to a pull request, oldest first", ["plumb prs timeline 128"])
    .argument("<number>", numberHelp, wholeNumber)
    .action(async (number: number) => (await import("./timeline.ts")).showTimeline(context, number));
  leaf(prs, "comments", "Show the discussion, Plumbline's summary first", ["plumb prs comments 128"])
    .argument("<number>", numberHelp, wholeNumber)
    .action(async (number: number) => (await import("./comments.ts")).showComments(context, number));
  leaf(prs, "comment", "Say something on a pull request, or on a line of it", [
    'plumb prs comment 128 "Is this port needed?" --file components/shop/main.tf --line 12',
    "plumb prs comment 128 < remark.md",
  ])
    .argument("<number>", numberHelp, wholeNumber)
    .argument("[text]", "Markdown; read from stdin where it is left out")
    .option("--file <path>", "the file it is about")
    .option("--line <number>", "the line of that file", wholeNumber)
    .action(async (number: number, text: string | undefined, options: CommentOptions) =>
      (await import("./comments.ts")).comment(context, number, text, options),
    );
  leaf(prs, "watch", "Follow a pull request live: gate, runs, plans, the line of the log they are at", [
    "plumb prs watch 128",
    "plumb prs watch 128 --exit && echo nothing is blocked   # ends where somebody must act",
    "plumb prs merge 128 && plumb prs watch 128 --exit",
  ])
    .argument("<number>", numberHelp, wholeNumber)
    .option("--exit", "end as soon as nothing moves by itself: with 1 where it failed, is held or blocked")
    .option("--interval <seconds>", "look at least that often, besides being told by the server", wholeNumber, 5)
    .action(async (number: number, options: WatchOptions) =>
      (await import("../watch/watch.ts")).watchPr(context, number, options),
    );
}
