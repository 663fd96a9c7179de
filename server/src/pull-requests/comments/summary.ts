import type { Finding, GateCondition, PlanCounts } from "@plumbline/contract";
import { afterApply, compareSeverity } from "@plumbline/contract";
import { codeBlock, escapeMarkdown, inlineCode } from "./markdown.ts";
import { patchBlock } from "./patch-block.ts";
import { standingWords } from "./standing-words.ts";

/** What the summary comment says about one workspace. */
interface SummaryWorkspace {
  workspace: string;
  line: string;
  counts: PlanCounts | null;
  findings: readonly Finding[];
  failures: readonly { message: string; file?: string | undefined; line?: number | undefined }[];
  /** The plan as text, sensitive values taken out. */
  text: string | null;
  run: number | null;
  provisional: boolean;
  /** Other workspaces whose plans do the same to the same attributes. */
  alike?: readonly string[];
}

/** What the one summary comment of a pull request is made of. */
export interface SummaryInput {
  sentence: string;
  patchSet: number;
  commit: string;
  workspaces: readonly SummaryWorkspace[];
  problems: readonly { message: string; file: string; line: number | null }[];
  gate: readonly GateCondition[];
  /** What its policies would do; empty where it changes none. */
  replay: string;
}

/** Characters of all plans together beyond which the rest is left to the pages. */
const mostPlanText = 45_000;

/** Rows of the table beyond which the rest is left to the page: a forge takes some 65,000 characters. */
const mostRows = 100;
/** Names of workspaces that are told where many are alike. */
const mostNames = 600;

/** Writes the summary comment: Markdown, edited in place with every change. */
export function renderSummary(input: SummaryInput): string {
  const parts = [
    `**${escapeMarkdown(input.sentence)}**`,
    table(input.workspaces),
    problems(input.problems),
    findings(input.workspaces),
    input.replay,
    next(input.gate),
    plans(input.workspaces),
    `Patch set ${input.patchSet}, commit ${inlineCode(input.commit.slice(0, 12))}.`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function table(workspaces: readonly SummaryWorkspace[]): string {
  if (workspaces.length === 0) return "No workspace is affected.";
  const rows = workspaces
    .slice(0, mostRows)
    .map(({ workspace, counts, line, findings: found, run, provisional, alike = [] }) => {
      const number = (count: number | undefined) => (counts === null ? "–" : String(count ?? 0));
      const plan = run === null ? "" : `run ${run}`;
      const failed = found.filter((one) => one.outcome === "fail").length;
      const cells = [
        `${inlineCode(workspace)}${alike.length === 0 ? "" : ` and ${alike.length} alike`}`,
        number(counts?.add),
        number(counts?.change),
        number(counts?.replace),
        number(counts?.destroy),
        number(counts?.outside),
        failed === 0 ? "–" : String(failed),
        escapeMarkdown(`${line}${provisional ? " Provisional." : ""} ${plan}`.trim()),
      ];
      return `| ${cells.join(" | ")} |`;
    });
  return [
    "| Workspace | Add | Change | Replace | Destroy | Outside | Findings | |",
    "|---|--:|--:|--:|--:|--:|--:|---|",
    ...rows,
    ...(workspaces.length > mostRows
      ? [`| and ${workspaces.length - mostRows} more, on the page | | | | | | | |`]
      : []),
  ].join("\n");
}

function problems(all: SummaryInput["problems"]): string {
  if (all.length === 0) return "";
  const lines = all
    .slice(0, 50)
    .map(({ file, line, message }) => `- ${inlineCode(`${file}:${line ?? 1}`)}: ${escapeMarkdown(message)}`);
  return `### The configuration is wrong\n\n${lines.join("\n")}`;
}

/** In this order, and only those that there are. */
const groups = [
  { title: "Blocking", holds: (finding: Finding) => finding.standing?.blocks === true },
  { title: "Known only after apply", holds: (finding: Finding) => finding.outcome === "unknown" },
  { title: "Waived", holds: (finding: Finding) => finding.standing?.kind === "waived" },
  { title: "There before, with a date", holds: (finding: Finding) => finding.standing?.until !== undefined },
  { title: "There before", holds: (finding: Finding) => finding.standing?.kind === "baseline" },
  { title: "New or touched, not blocking", holds: () => true },
] as const;

/** Characters of all suggested changes together beyond which the rest is left to the comments on the lines. */
const mostPatchText = 8_000;

/** Workspaces beyond which a finding is said to be in so many more. */
const mostNamed = 20;

/** Findings beyond which a group is left to the pages. */
const mostOfGroup = 50;

function findings(workspaces: readonly SummaryWorkspace[]): string {
  const same = new Map<string, { finding: Finding; workspaces: string[] }>();
  for (const { workspace, findings: found, alike = [] } of workspaces) {
    for (const finding of found) {
      const { fingerprint, place, outcome, standing } = finding;
      const key = JSON.stringify([
        fingerprint,
        place?.file,
        outcome,
        standing?.kind,
        standing?.blocks,
        standing?.until,
      ]);
      const group = same.get(key) ?? { finding, workspaces: [] };
      group.workspaces.push(workspace, ...alike);
      same.set(key, group);
    }
  }
  const failures = workspaces.flatMap(({ workspace, failures: all }) =>
    all.map(({ message, file, line }) => {
      const where = file === undefined ? "" : ` (${inlineCode(`${file}:${line ?? 1}`)})`;
      return `- **not judged** ${inlineCode(workspace)}: ${escapeMarkdown(message)}${where}`;
    }),
  );
  let leftForPatches = mostPatchText;
  const grouped = Map.groupBy(same.values(), ({ finding }) => groups.find(({ holds }) => holds(finding))?.title);
  const parts = groups.flatMap(({ title }) => {
    const all = (grouped.get(title) ?? []).toSorted((left, right) =>
      compareSeverity(left.finding.severity, right.finding.severity),
    );
    if (all.length === 0) return [];
    const lines = all.slice(0, mostOfGroup).map(({ finding, workspaces: where }) => {
      const line = findingLine(finding, where);
      const suggestion = finding.patch === undefined ? "" : patchBlock(finding.patch);
      if (suggestion === "" || suggestion.length > leftForPatches) return line;
      leftForPatches -= suggestion.length;
      return `${line}\n\n${suggestion.replaceAll(/^(?=.)/gm, "  ")}\n`;
    });
    const more = all.length > mostOfGroup ? [`- and ${all.length - mostOfGroup} more, on the page`] : [];
    return [`#### ${title}\n\n${[...lines, ...more].join("\n")}`];
  });
  if (parts.length + failures.length === 0) return "";
  return ["### Findings", ...(failures.length === 0 ? [] : [failures.join("\n")]), ...parts].join("\n\n");
}

function findingLine(finding: Finding, workspaces: readonly string[]): string {
  const place = finding.place === undefined ? "" : ` at ${inlineCode(`${finding.place.file}:${finding.place.line}`)}`;
  const severity = [finding.severity, afterApply(finding)].filter((words) => words !== undefined).join(", ");
  const named = workspaces.slice(0, mostNamed).map((name) => inlineCode(name));
  const where = `${named.join(", ")}${workspaces.length > mostNamed ? ` and ${workspaces.length - mostNamed} more` : ""}`;
  const address = finding.address === undefined ? "" : ` ${inlineCode(finding.address)}`;
  const standing = standingWords(finding);
  const stands = standing === "" ? "" : `${escapeMarkdown(standing)} `;
  return `- **${severity}** ${escapeMarkdown(finding.title)} (${inlineCode(finding.rule)})${place}${address} in ${where}. ${stands}${escapeMarkdown(finding.fix)}`;
}

function next(gate: readonly GateCondition[]): string {
  if (gate.length === 0) return "";
  const lines = gate.map(({ met, title, detail, file, line }) => {
    const place = file === null ? "" : ` (${inlineCode(`${file}:${line ?? 1}`)})`;
    return `- [${met ? "x" : " "}] ${escapeMarkdown(title)}: ${escapeMarkdown(detail)}${place}`;
  });
  return `### What must happen next\n\n${lines.join("\n")}`;
}

function plans(workspaces: readonly SummaryWorkspace[]): string {
  let left = mostPlanText;
  const blocks = workspaces.slice(0, mostRows).flatMap(({ workspace: first, text, alike = [] }) => {
    const workspace = alike.length === 0 ? first : `${first}, and ${alike.length} alike`;
    const others =
      alike.length === 0
        ? ""
        : `The same with other values in ${alike.slice(0, mostNames).map(inlineCode).join(", ")}${alike.length > mostNames ? ", …" : ""}.\n\n`;
    left -= others.length;
    if (text === null) return [];
    if (text.length > left)
      return [
        `<details><summary>${escapeHtml(workspace)}</summary>\n\nToo long for a comment: see the page of the run.\n\n</details>`,
      ];
    left -= text.length;
    return [`<details><summary>${escapeHtml(workspace)}</summary>\n\n${others}${codeBlock(text)}\n\n</details>`];
  });
  return blocks.length === 0 ? "" : `### Plans\n\n${blocks.join("\n\n")}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
