import type { ControlReport } from "@plumbline/contract";
import { csvLine, escapeHtml, printedPage } from "../platform/export-text.ts";

/** One line for each control and environment, as RFC 4180 has it; what begins like a formula is made harmless. */
export function controlReportCsv(report: ControlReport): string {
  const head = [
    "catalogue",
    "control",
    "title",
    "severity",
    "environment",
    "state",
    "passing",
    "not passing",
    "evidence",
  ];
  const lines = report.controls.flatMap((control) =>
    report.environments.map(({ name }) => {
      const standing = control.environments[name];
      const troubled = (standing?.evidence ?? []).filter(({ state }) => state !== "pass");
      return [
        report.title,
        control.id,
        control.title,
        control.severity,
        name,
        standing?.state ?? "not-in-code",
        String(standing?.passing ?? 0),
        String(troubled.length),
        troubled.map(({ workspace, address, state }) => `${workspace} ${address} ${state}`).join("; "),
      ];
    }),
  );
  return [head, ...lines].map(csvLine).join("");
}

const words = {
  pass: "pass",
  fail: "fail",
  waived: "waived",
  unknown: "known after apply",
  "not-in-code": "not in code",
};

/** A page that stands by itself and prints well: no script, no address outside of it. */
export function controlReportHtml(report: ControlReport, organization: string): string {
  const names = report.environments.map(({ name }) => name);
  const rows = report.controls.map((control) => {
    const cells = names.map((name) => {
      const standing = control.environments[name];
      const state = standing?.state ?? "not-in-code";
      const troubled = (standing?.evidence ?? []).filter((one) => one.state !== "pass");
      const list = troubled
        .map(({ workspace, address }) => `<li>${escapeHtml(workspace)}: <code>${escapeHtml(address)}</code></li>`)
        .join("");
      const count = standing !== undefined && standing.passing > 0 && state === "pass" ? ` (${standing.passing})` : "";
      return `<td class="${state}">${words[state]}${count}${list === "" ? "" : `<ul>${list}</ul>`}</td>`;
    });
    const note = control.notInCode === null ? "" : `<br><small>${escapeHtml(control.notInCode)}</small>`;
    return `<tr><th scope="row">${escapeHtml(control.id)}</th><td>${escapeHtml(control.title)}${note}</td><td>${control.severity}</td>${cells.join("")}</tr>`;
  });
  const counts = report.environments.map(
    ({ name, counts: { pass, fail, waived, unknown, notInCode } }) =>
      `<li>${escapeHtml(name)}: ${pass} pass, ${fail} fail, ${waived} waived, ${unknown} known after apply, ${notInCode} not in code</li>`,
  );
  return printedPage(
    `${report.title}: ${organization}`,
    `.fail { background: #fde8e8; font-weight: 600; }
.waived { background: #fdf3d7; }
.pass { background: #e5f4ec; }
.not-in-code, .unknown { color: #5a6470; }`,
    `<h1>${escapeHtml(report.title)}</h1>
<p>${escapeHtml(organization)}, judged ${escapeHtml(report.judgedAt)} on what is applied in ${report.workspaces} workspaces.</p>
<ul>${counts.join("")}</ul>
<table>
<thead><tr><th scope="col">Control</th><th scope="col">In our words</th><th scope="col">Severity</th>${names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`,
  );
}
