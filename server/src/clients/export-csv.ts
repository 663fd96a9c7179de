import type { EnvironmentReport } from "@plumbline/contract";
import { scopeCategories } from "@plumbline/contract";
import { csvLine } from "../platform/export-text.ts";

const head = ["section", "environment", "workspace", "what", "state", "severity", "who", "at", "number", "detail"];

/** One line for each fact: changes and their plans, approvals, drift, findings, waivers, controls and parts. */
export function environmentReportCsv(report: EnvironmentReport): string {
  return [head, ...changeLines(report), ...otherLines(report)].map(csvLine).join("");
}

function changeLines({ changes }: EnvironmentReport): string[][] {
  return changes.flatMap((change) => {
    const number = String(change.number);
    const who = change.mergedBy?.name ?? "";
    const environments = change.environments.join(" ");
    return [
      ["change", environments, "", change.title, change.state, "", who, change.mergedAt, number, change.ticket ?? ""],
      ...change.workspaces.map(({ workspace, counts, applyStatus, applyRun, digest }) => [
        "plan",
        environmentOf(workspace),
        workspace,
        counts === null
          ? "not planned"
          : `${counts.add} to add, ${counts.change} to change, ${counts.replace} to replace, ${counts.destroy} to destroy`,
        applyStatus ?? "",
        "",
        "",
        change.mergedAt,
        applyRun === null ? number : String(applyRun),
        digest ?? "",
      ]),
      ...change.approvals.map(({ person, meaning, at }) => [
        "approval",
        environments,
        "",
        meaning,
        "",
        "",
        person.name,
        at,
        number,
        "",
      ]),
    ];
  });
}

function otherLines({ drift, findings, waivers, controls, scope }: EnvironmentReport): string[][] {
  return [
    ...drift.map((one) => [
      "drift",
      one.environment,
      one.workspace,
      one.title,
      one.status,
      one.severity,
      names(one.owners),
      one.openedAt,
      String(one.number),
      one.closedAt === null ? "" : `closed ${one.closedAt}`,
    ]),
    ...findings.map((one) => [
      "finding",
      one.environment,
      one.workspace,
      one.title,
      one.overdue ? "overdue" : "open",
      one.severity,
      names(one.owners),
      one.firstSeenAt,
      "",
      `${one.rule} ${one.address ?? one.file ?? ""}`.trim(),
    ]),
    ...waivers.map((one) => [
      "waiver",
      one.environment,
      "",
      `${one.rule} for ${one.address}`,
      one.status,
      "",
      names([one.owner]),
      one.expires,
      one.introducedBy === null ? "" : String(one.introducedBy),
      one.reason,
    ]),
    ...controls.flatMap(({ catalogue, environments }) =>
      Object.entries(environments).map(([name, { pass, fail, waived, unknown, notInCode }]) => [
        "controls",
        name,
        "",
        catalogue,
        fail > 0 ? "fail" : pass > 0 ? "pass" : "not-in-code",
        "",
        "",
        "",
        "",
        `${pass} pass, ${fail} fail, ${waived} waived, ${unknown} known after apply, ${notInCode} not in code`,
      ]),
    ),
    ...scope.flatMap(({ environment, owners, parts }) =>
      parts.map(({ category, state, resources, reason }) => [
        "scope",
        environment,
        "",
        scopeCategories[category],
        state,
        "",
        names(owners),
        "",
        String(resources),
        reason ?? "",
      ]),
    ),
  ];
}

/** Without the sign of a name, which a program for tables would take for a formula. */
function names(owners: readonly string[]): string {
  return owners.map((owner) => owner.replace(/^@/, "")).join(" ");
}

function environmentOf(workspace: string): string {
  return workspace.slice(workspace.indexOf("/") + 1);
}
