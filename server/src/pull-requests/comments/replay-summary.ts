import type { Replay, ReplayedFinding } from "@plumbline/contract";
import { escapeMarkdown, inlineCode } from "./markdown.ts";

/** Findings of one kind beyond which the rest is left to the page. */
const mostShown = 20;

const titles: Record<ReplayedFinding["change"], string> = {
  blocks: "Would begin to block",
  passes: "Would block no more",
  reported: "Would be reported, with a date",
};

/** The part of the summary comment on what the proposed policies would do. */
export function replaySummary(replay: Replay): string {
  const { workspaces, findings, teams, state } = replay;
  const pending = workspaces.filter((one) => one.state === "pending").length;
  const failed = workspaces.filter((one) => one.state === "not_judged");
  const parts = [
    "### What these policies would do",
    state === "running"
      ? `${pending} of ${workspaces.length} newest plans are still to be judged by them.`
      : `Judged by them: the newest plans of ${workspaces.length} ${workspaces.length === 1 ? "workspace" : "workspaces"}. ${outcome(findings)}`,
    failed
      .slice(0, mostShown)
      .map(({ workspace, detail }) => `- **not judged** ${inlineCode(workspace)}: ${escapeMarkdown(detail ?? "")}`)
      .join("\n"),
    ...(["blocks", "passes", "reported"] as const).map((change) => group(findings, change)),
    teamsTable(teams),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function outcome(findings: readonly ReplayedFinding[]): string {
  const count = (change: ReplayedFinding["change"]) => findings.filter((one) => one.change === change).length;
  if (findings.length === 0) return "Nothing changes.";
  return `${count("blocks")} newly blocking, ${count("passes")} newly passing, ${count("reported")} newly reported.`;
}

function group(findings: readonly ReplayedFinding[], change: ReplayedFinding["change"]): string {
  const all = findings.filter((one) => one.change === change);
  if (all.length === 0) return "";
  const lines = all.slice(0, mostShown).map(({ severity, title, rule, workspace, address, until }) => {
    const where = address === null ? "" : ` ${inlineCode(address)}`;
    const date = until === null ? "" : `, blocks from ${until.slice(0, 10)} on`;
    return `- **${severity}** ${escapeMarkdown(title)} (${inlineCode(rule)})${where} in ${inlineCode(workspace)}${date}`;
  });
  const more = all.length > mostShown ? [`- and ${all.length - mostShown} more, on the page`] : [];
  return `#### ${titles[change]}\n\n${[...lines, ...more].join("\n")}`;
}

function teamsTable(teams: Replay["teams"]): string {
  if (teams.length === 0) return "";
  const rows = teams.map(
    ({ owner, blocks, passes, reported }) =>
      `| ${owner === "" ? "nobody" : escapeMarkdown(owner)} | ${blocks} | ${passes} | ${reported} |`,
  );
  return ["| Owner | Newly blocked | Newly passing | Newly reported |", "|---|--:|--:|--:|", ...rows].join("\n");
}
