import { exportEnvironmentReport, getEnvironmentReport } from "@plumbline/contract";
import type { EnvironmentReport } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { heading } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { statusCell } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { moment, plural } from "../terminal/words.ts";

export interface ReportOptions {
  from?: string;
  to?: string;
  format: "text" | "csv" | "html";
}

/** `plumb report` */
export async function showReport(
  context: Context,
  environments: string,
  { from, to, format }: ReportOptions,
): Promise<void> {
  const client = await context.client();
  const query = { environments, from, to };
  if (format !== "text") {
    const pieces = await client.open(exportEnvironmentReport, { params: { format }, query });
    for await (const piece of pieces) context.terminal.stdout.write(piece);
    return;
  }
  context.print(await client.call(getEnvironmentReport, { query }), reportLines);
}

function reportLines(report: EnvironmentReport, look: Look): string[] {
  const { changes, drift, findings, scope } = report;
  const missing = scope.reduce((sum, one) => sum + one.missing, 0);
  return [
    look.paint("bold", `${report.client ?? report.pattern}: ${moment(report.from)} to ${moment(report.to)}`),
    `${report.environments.join(", ")}: ${report.inSync} of ${plural(report.workspaces, "workspace")} in sync, ${plural(findings.length, "finding")}, ${plural(missing, "part")} not code`,
    ...heading(look, "Changes"),
    ...table(
      look,
      [
        { title: "CHANGE" },
        { title: "WHAT", least: 20 },
        { title: "MERGED" },
        { title: "APPROVED BY" },
        { title: "STATE" },
      ],
      changes.map(({ number, title, mergedAt, approvals, state }) => [
        `#${number}`,
        title,
        moment(mergedAt),
        [...new Set(approvals.map(({ person }) => person.name))].join(" "),
        statusCell(state),
      ]),
      "No change was merged.",
    ),
    ...heading(look, "Drift"),
    ...table(
      look,
      [
        { title: "CASE" },
        { title: "WORKSPACE" },
        { title: "SEVERITY" },
        { title: "WHAT", least: 20 },
        { title: "STATE" },
      ],
      drift.map(({ number, workspace, severity, title, status }) => [
        String(number),
        workspace,
        statusCell(severity),
        title,
        statusCell(status),
      ]),
      "No drift was found.",
    ),
  ];
}
