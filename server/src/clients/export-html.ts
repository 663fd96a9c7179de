import type { EnvironmentReport, EnvironmentScope, ReportedChange } from "@plumbline/contract";
import { scopeCategories } from "@plumbline/contract";
import { escapeHtml, printedPage } from "../platform/export-text.ts";

const style = `h2 { margin: 1.6em 0 0.4em; font-size: 12pt; }
.sum { font-size: 11pt; }
.missing, .fail, .critical, .high { background: #fde8e8; font-weight: 600; }
.not-needed, .waived { background: #fdf3d7; }
.codified, .pass { background: #e5f4ec; }
.none { color: #5a6470; }
section { break-inside: auto; }`;

/** The report as a page to print. */
export function environmentReportHtml(report: EnvironmentReport): string {
  const what = report.client ?? report.environments.join(", ");
  const title = `${what}: ${day(report.from)} to ${lastDay(report.to)}`;
  const missing = report.scope.reduce((sum, one) => sum + one.missing, 0);
  return printedPage(
    `${title}, ${report.organization}`,
    style,
    `<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(report.organization)}. Environments: ${escapeHtml(report.environments.join(", "))}. Written ${escapeHtml(report.writtenAt)}.</p>
<p class="sum">${report.inSync} of ${report.workspaces} workspaces in sync. ${report.changes.length} changes, ${report.drift.length} drift cases, ${report.findings.length} findings, ${missing} parts that are not code.</p>
${section("Changes and approvals", changesTable(report.changes), report.changesLeftOut === 0 ? "" : `${report.changesLeftOut} older changes are left out: ask for a shorter period.`)}
${section(
  "Drift",
  table(["Case", "Workspace", "Severity", "What", "Opened", "State"], report.drift, (one) => [
    String(one.number),
    one.workspace,
    one.severity,
    one.title,
    minute(one.openedAt),
    one.closedAt === null ? one.status : `closed ${minute(one.closedAt)}`,
  ]),
)}
${section(
  "Findings of what is applied",
  table(["Severity", "Workspace", "What", "Rule", "Since", "Owner"], report.findings, (one) => [
    one.severity,
    one.workspace,
    `${one.title}${one.address === null ? "" : ` (${one.address})`}`,
    one.rule,
    day(one.firstSeenAt),
    one.owners.join(", "),
  ]),
)}
${section(
  "Waivers in force",
  table(["Rule", "For", "In", "Reason", "Owner", "Until"], report.waivers, (one) => [
    one.rule,
    one.address,
    one.environment,
    one.reason,
    one.owner,
    one.expires,
  ]),
)}
${section("Controls", controlsTable(report))}
${section("What is code", scopeTable(report.scope), "Missing: nothing of it stands in the states, and no file says why it need not.")}`,
  );
}

function section(title: string, body: string, note = ""): string {
  return `<section>
<h2>${title}</h2>
${body === "" ? '<p class="none">None.</p>' : body}
${note === "" ? "" : `<p><small>${escapeHtml(note)}</small></p>`}
</section>`;
}

/** A cell that holds a severity or a state alone has its colour; the word stays. */
const tinted = /^(?:critical|high|missing|not-needed|codified)$/;

function table<Item>(heads: readonly string[], items: readonly Item[], cells: (item: Item) => string[]): string {
  if (items.length === 0) return "";
  const rows = items.map((item) => {
    const all = cells(item).map((text) => `<td${tinted.test(text) ? ` class="${text}"` : ""}>${escapeHtml(text)}</td>`);
    return `<tr>${all.join("")}</tr>`;
  });
  return `<table>
<thead><tr>${heads.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

function changesTable(changes: readonly ReportedChange[]): string {
  return table(["Change", "What", "Merged", "Plans", "Approved by", "State"], changes, (change) => [
    `#${change.number}`,
    `${change.title}${change.ticket === null ? "" : ` (${change.ticket})`}`,
    `${minute(change.mergedAt)}${change.mergedBy === null ? "" : ` by ${change.mergedBy.displayName}`}`,
    change.workspaces
      .map(
        ({ workspace, counts }) =>
          `${workspace}${counts === null ? "" : ` +${counts.add} ~${counts.change} −${counts.destroy}`}`,
      )
      .join("; "),
    change.approvals.map(({ person, at }) => `${person.displayName}, ${minute(at)}`).join("; "),
    change.state,
  ]);
}

function controlsTable({ controls, environments }: EnvironmentReport): string {
  const judged = controls.filter(({ environments: counts }) => Object.keys(counts).length > 0);
  return table(["Catalogue", ...environments], judged, ({ title, environments: counts }) => [
    title,
    ...environments.map((name) => {
      const one = counts[name];
      return one === undefined
        ? ""
        : `${one.pass} pass, ${one.fail} fail, ${one.waived} waived, ${one.notInCode} not in code`;
    }),
  ]);
}

function scopeTable(scope: readonly EnvironmentScope[]): string {
  const rows = scope.flatMap(({ environment, owners, parts }) =>
    parts.map((part) => [
      environment,
      scopeCategories[part.category],
      part.state,
      part.state === "codified" ? `${part.resources} resources` : (part.reason ?? ""),
      part.state === "missing" ? owners.join(", ") || "nobody is named" : "",
    ]),
  );
  return table(["Environment", "Part", "State", "What", "Owner"], rows, (cells) => cells);
}

function day(instant: string): string {
  return instant.slice(0, 10);
}

/** The period ends before `to`. */
function lastDay(to: string): string {
  return day(new Date(Date.parse(to) - 1).toISOString());
}

function minute(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}
