import type { Finding, GateCondition, PlanCounts } from "@plumbline/contract";
import { compareSeverity } from "@plumbline/contract";
import { codeBlock, escapeMarkdown, inlineCode } from "./markdown.ts";

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
}

/** What the one summary comment of a pull request is made of. */
export interface SummaryInput {
  sentence: string;
  patchSet: number;
  commit: string;
  workspaces: readonly SummaryWorkspace[];
  problems: readonly { message: string; file: string; line: number | null }[];
  gate: readonly GateCondition[];
}

/** Characters of all plans together beyond which the rest is left to the pages. */
const mostPlanText = 60_000;

/** Writes the summary comment: Markdown, edited in place with every change. */
export function renderSummary(input: SummaryInput): string {
  const parts = [
    `**${escapeMarkdown(input.sentence)}**`,
    table(input.workspaces),
    problems(input.problems),
    findings(input.workspaces),
    next(input.gate),
    plans(input.workspaces),
    `Patch set ${input.patchSet}, commit ${inlineCode(input.commit.slice(0, 12))}.`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function table(workspaces: readonly SummaryWorkspace[]): string {
  if (workspaces.length === 0) return "No workspace is affected.";
  const rows = workspaces.map(({ workspace, counts, line, findings: found, run, provisional }) => {
    const number = (count: number | undefined) => (counts === null ? "–" : String(count ?? 0));
    const plan = run === null ? "" : `run ${run}`;
    const blocked = found.filter((one) => one.outcome === "fail").length;
    const cells = [
      inlineCode(workspace),
      number(counts?.add),
      number(counts?.change),
      number(counts?.replace),
      number(counts?.destroy),
      number(counts?.outside),
      blocked === 0 ? "–" : String(blocked),
      escapeMarkdown(`${line}${provisional ? " Provisional." : ""} ${plan}`.trim()),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| Workspace | Add | Change | Replace | Destroy | Outside | Findings | |",
    "|---|--:|--:|--:|--:|--:|--:|---|",
    ...rows,
  ].join("\n");
}

function problems(all: SummaryInput["problems"]): string {
  if (all.length === 0) return "";
  const lines = all
    .slice(0, 50)
    .map(({ file, line, message }) => `- ${inlineCode(`${file}:${line ?? 1}`)}: ${escapeMarkdown(message)}`);
  return `### The configuration is wrong\n\n${lines.join("\n")}`;
}

function findings(workspaces: readonly SummaryWorkspace[]): string {
  const groups = new Map<string, { finding: Finding; workspaces: string[] }>();
  for (const { workspace, findings: found } of workspaces) {
    for (const finding of found) {
      const key = JSON.stringify([
        finding.rule,
        finding.address,
        finding.attribute,
        finding.place?.file,
        finding.place?.line,
        finding.outcome,
      ]);
      const group = groups.get(key) ?? { finding, workspaces: [] };
      group.workspaces.push(workspace);
      groups.set(key, group);
    }
  }
  const failures = workspaces.flatMap(({ workspace, failures: all }) =>
    all.map(({ message, file, line }) => {
      const where = file === undefined ? "" : ` (${inlineCode(`${file}:${line ?? 1}`)})`;
      return `- **not judged** ${inlineCode(workspace)}: ${escapeMarkdown(message)}${where}`;
    }),
  );
  const sorted = [...groups.values()].toSorted(
    (left, right) =>
      Number(left.finding.outcome === "unknown") - Number(right.finding.outcome === "unknown") ||
      compareSeverity(left.finding.severity, right.finding.severity),
  );
  const lines = sorted.map(({ finding, workspaces: where }) => findingLine(finding, where));
  if (lines.length + failures.length === 0) return "";
  return `### Findings\n\n${[...failures, ...lines].join("\n")}`;
}

function findingLine(finding: Finding, workspaces: readonly string[]): string {
  const place = finding.place === undefined ? "" : ` at ${inlineCode(`${finding.place.file}:${finding.place.line}`)}`;
  const severity = finding.outcome === "unknown" ? `${finding.severity}, known after apply` : finding.severity;
  const where = workspaces.map((name) => inlineCode(name)).join(", ");
  const address = finding.address === undefined ? "" : ` ${inlineCode(finding.address)}`;
  return `- **${severity}** ${escapeMarkdown(finding.title)} (${inlineCode(finding.rule)})${place}${address} in ${where}. ${escapeMarkdown(finding.fix)}`;
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
  const blocks = workspaces.flatMap(({ workspace, text }) => {
    if (text === null) return [];
    if (text.length > left)
      return [
        `<details><summary>${escapeHtml(workspace)}</summary>\n\nToo long for a comment: see the page of the run.\n\n</details>`,
      ];
    left -= text.length;
    return [`<details><summary>${escapeHtml(workspace)}</summary>\n\n${codeBlock(text)}\n\n</details>`];
  });
  return blocks.length === 0 ? "" : `### Plans\n\n${blocks.join("\n\n")}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
