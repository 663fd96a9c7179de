import type { AffectedWorkspace, PatchSet, PullRequest } from "@plumbline/contract";
import { engineChangeText } from "@plumbline/contract/engine-change";
import { facts, heading, indented } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { statusCell, statusStyle } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { ago, countsText, plural } from "../terminal/words.ts";
import { commitTable, contributorLines } from "./commit-lines.ts";
import { gateLines } from "./gate-lines.ts";

/** A pull request without its plans: sentence, gate, workspaces, what is wrong in its configuration, approvals. */
export function pullRequestLines(shown: PullRequest, look: Look): string[] {
  const newest = shown.patchSets.find(({ number }) => number === shown.patchSet);
  const problems = newest?.problems ?? [];
  return [
    `${look.paint("bold", `#${shown.number} ${shown.title}`)}  ${look.paint(statusStyle(shown.state), shown.state)}`,
    ...wrap(shown.sentence, look.columns),
    "",
    ...facts(look, [
      ["purpose", shown.purpose],
      ["repository", shown.repository],
      ["opened", `by ${shown.openedBy?.name ?? "plumbline"}, ${ago(shown.openedAt, look.now)}`],
      ["patch set", newest === undefined ? null : patchSetText(newest)],
      ["ticket", shown.ticket],
      ["merged", shown.mergedAt === null ? null : mergedText(shown, look)],
      ["reverts", shown.reverts === null ? null : `#${shown.reverts}`],
      ["reverted by", shown.revertedBy === null ? null : `#${shown.revertedBy}`],
      ["drift case", shown.driftCase === null ? null : `case ${shown.driftCase}`],
    ]),
    ...(shown.description.trim() === "" ? [] : ["", ...indented(shown.description)]),
    ...(shown.status === "open" ? [...heading(look, "Gate"), ...gateLines(shown.gate, look)] : []),
    ...(problems.length === 0 ? [] : heading(look, "Configuration")),
    ...problems.map(
      ({ file, line, column, message }) =>
        `  ${look.paint("red", [file, line, column].filter((part) => part !== null).join(":"))}: ${message}`,
    ),
    ...commitLines(shown, newest?.commits ?? [], look),
    ...(shown.contributors.length === 0 ? [] : heading(look, "Who has a part in it")),
    ...contributorLines(shown.contributors, look),
    ...heading(look, plural(shown.affected.length, "workspace")),
    ...workspaceTable(shown.affected, look),
    ...shown.affected.flatMap(({ workspace, engineChange }) =>
      engineChange === undefined ? [] : [`  ${workspace}, engine: ${engineChangeText(engineChange)}`],
    ),
    ...shown.affected.flatMap(({ workspace, later }) => (later === null ? [] : [`  ${workspace}, later: ${later}`])),
    ...approvalLines(shown, look),
  ];
}

/** So many commits stand on the page of a pull request; a command of its own lists them all. */
const fewCommits = 10;

function commitLines({ number }: PullRequest, commits: PatchSet["commits"], look: Look): string[] {
  if (commits.length === 0) return [];
  const more = commits.length - fewCommits;
  return [
    ...heading(look, plural(commits.length, "commit")),
    ...commitTable(commits.slice(0, fewCommits), look),
    ...(more > 0 ? [`… ${more} more: plumb prs commits ${number}`] : []),
  ];
}

function patchSetText({ number, commit, pushedBy }: PatchSet): string {
  return `${number}, ${commit.slice(0, 12)}${pushedBy === null ? "" : ` by ${pushedBy.name}`}`;
}

function mergedText({ mergedBy, mergedAt, mergeCommit }: PullRequest, look: Look): string {
  return `by ${mergedBy?.name ?? "plumbline"}, ${ago(mergedAt, look.now)}, ${mergeCommit?.slice(0, 12) ?? ""}`;
}

function workspaceTable(affected: AffectedWorkspace[], look: Look): string[] {
  return table(
    look,
    [
      { title: "WORKSPACE", least: 16 },
      { title: "PLAN" },
      { title: "CHANGES" },
      { title: "FINDINGS", least: 8 },
      { title: "APPLY" },
      { title: "", least: 10, extra: true },
    ],
    affected.map((one) => [
      one.workspace,
      one.runStatus === null ? "-" : statusCell(one.runStatus),
      `${countsText(one.counts)}${one.provisional ? " (provisional)" : ""}`,
      { text: findingsText(one), style: one.blocking > 0 ? "red" : undefined },
      one.applyStatus === null ? "-" : statusCell(one.applyStatus),
      one.line,
    ]),
    "No workspace is affected.",
  );
}

function findingsText({ findings }: AffectedWorkspace): string {
  return Object.entries(findings)
    .flatMap(([severity, count]) => (count > 0 ? [`${count} ${severity}`] : []))
    .join(", ");
}

function approvalLines({ approvals }: PullRequest, look: Look): string[] {
  if (approvals.length === 0) return [];
  return [
    ...heading(look, "Approvals"),
    ...approvals.map(({ person, meaning, digests, at, voidAt, voidReason }) => {
      const text = `  ${person.name}: “${meaning}”, ${plural(digests.length, "plan")}, ${ago(at, look.now)}`;
      return voidAt === null ? text : look.paint("dim", `${text}; void: ${voidReason ?? ""}`);
    }),
  ];
}
