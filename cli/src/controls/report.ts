import { exportControlReport, getControlReport } from "@plumbline/contract";
import type { ControlReport, ControlState, JudgedControl } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import type { Look, Style } from "../terminal/look.ts";
import { statusCell } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { moment, plural } from "../terminal/words.ts";
import { whileJudged } from "./while-judged.ts";

export interface ReportOptions {
  client?: string;
  environment?: string;
  failing?: boolean;
  format: "text" | "csv" | "html";
}

const styles: Record<ControlState, Style | undefined> = {
  pass: "green",
  fail: "red",
  waived: "yellow",
  unknown: "dim",
  "not-in-code": "dim",
};

/** `plumb controls report` */
export async function showReport(
  context: Context,
  catalogue: string,
  { failing, format, ...options }: ReportOptions,
): Promise<void> {
  const client = await context.client();
  const query = { client: options.client, environment: options.environment };
  if (format !== "text") {
    const asked = client.open(exportControlReport, { params: { catalogue, format }, query });
    const pieces = await whileJudged(context, client, asked);
    for await (const piece of pieces) context.terminal.stdout.write(piece);
    return;
  }
  const report = await whileJudged(context, client, client.call(getControlReport, { params: { catalogue }, query }));
  const controls = failing === true ? report.controls.filter(failsSomewhere) : report.controls;
  context.print({ ...report, controls }, reportLines);
}

function failsSomewhere({ environments }: JudgedControl): boolean {
  return Object.values(environments).some(({ state }) => state === "fail");
}

function reportLines(report: ControlReport, look: Look): string[] {
  const names = report.environments.map(({ name }) => name);
  return [
    `${report.title}, judged ${moment(report.judgedAt)} on what is applied in ${plural(report.workspaces, "workspace")}`,
    "",
    ...table(
      look,
      [
        { title: "CONTROL" },
        { title: "WHAT", least: 20 },
        { title: "SEVERITY" },
        ...names.map((name) => ({ title: name.toUpperCase() })),
      ],
      report.controls.map(({ id, title, severity, environments }) => [
        id,
        title,
        statusCell(severity),
        ...names.map((name) => {
          const state = environments[name]?.state ?? "not-in-code";
          return { text: state.replaceAll("-", " "), style: styles[state] };
        }),
      ]),
      "No control fails.",
    ),
    ...report.controls.flatMap((control) => evidenceLines(control, look)),
  ];
}

function evidenceLines({ id, title, environments }: JudgedControl, look: Look): string[] {
  const failing = Object.values(environments).flatMap(({ evidence }) =>
    evidence.filter(({ state }) => state === "fail"),
  );
  if (failing.length === 0) return [];
  return [
    "",
    `${id} ${title}`,
    ...failing.map(
      ({ workspace, address, rule }) =>
        `  ${workspace} ${address}${rule === null ? "" : look.paint("dim", ` [${rule}]`)}`,
    ),
  ];
}
