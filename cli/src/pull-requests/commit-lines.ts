import type { PatchSet, PullRequest } from "@plumbline/contract";
import { facts } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { table } from "../terminal/table.ts";

/** Commits of a patch set, the newest first, with who wrote them. */
export function commitTable(commits: PatchSet["commits"], look: Look): string[] {
  return table(
    look,
    [{ title: "COMMIT" }, { title: "SUBJECT", least: 20 }, { title: "AUTHOR", least: 12 }],
    commits.map(({ id, subject, author, address }) => [
      { text: id.slice(0, 12), style: "yellow" },
      subject,
      `${author} <${address}>`,
    ]),
    "It has no commits: it plans workspaces as main declares them.",
  );
}

const reasonWords: Record<string, string> = {
  opened: "opened it",
  pushed: "pushed",
  authored: "wrote commits",
  committed: "made commits",
  co_authored: "is named as a co-author",
};

/** Who has a part in a pull request, and which: he does not approve it. */
export function contributorLines(contributors: PullRequest["contributors"], look: Look): string[] {
  return facts(
    look,
    contributors.map(({ person, reasons }) => [
      person.name,
      reasons.map((reason) => reasonWords[reason] ?? reason.replaceAll("_", " ")).join(", "),
    ]),
  );
}
