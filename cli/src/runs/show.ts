import { getRun } from "@plumbline/contract";
import type { Run } from "@plumbline/contract";
import { prunedSentence } from "@plumbline/contract/pruned-sentence";
import type { Context } from "../command/context.ts";
import { facts, heading } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { statusCell, statusStyle } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { ago, span } from "../terminal/words.ts";
import { judgementLines } from "./judgement-lines.ts";
import { operationTable } from "./operation-table.ts";
import { diffLines } from "./plan-lines.ts";

/** `plumb runs show` */
export async function showRun(context: Context, number: number): Promise<void> {
  const client = await context.client();
  const run = await client.call(getRun, { params: { number } });
  context.print(run, runLines);
}

/** A run as text. */
export function runLines(run: Run, look: Look): string[] {
  const { error } = run;
  const place = error?.file === undefined ? "" : `${error.file}${error.line === undefined ? "" : `:${error.line}`}: `;
  return [
    `${look.paint("bold", `Run ${run.number}: ${run.kind} ${run.workspace}`)}  ${look.paint(statusStyle(run.status), run.status)}`,
    ...[run.reason, run.next].flatMap((text) => (text === null ? [] : wrap(text, look.columns))),
    "",
    ...facts(look, [
      ["pull request", run.pullRequest === null ? null : `#${run.pullRequest}`],
      ["digest", run.digest],
      ["approved", run.approvedRun === null ? null : `run ${run.approvedRun}, whose plan differs from this one`],
      ["code", run.codeCommit.slice(0, 12)],
      ["values", run.valuesCommit.slice(0, 12)],
      [
        "engine",
        `${run.engine.name} ${run.engine.version ?? run.engine.constraint}${run.engine.stateWrittenBy === null ? "" : `; ${run.engine.stateWrittenBy} has written the state so far`}`,
      ],
      [
        "inputs",
        run.inputs.length === 0
          ? null
          : run.inputs
              .map(({ variable, from, stateVersion }) =>
                stateVersion === null
                  ? `${variable} = ${from}, only planned`
                  : `${variable} = ${from}, state ${stateVersion}`,
              )
              .join("; "),
      ],
      ["runner", run.runner],
      ["state", stateText(run)],
      ["created", ago(run.createdAt, look.now)],
      ["took", tookText(run)],
      ["attempt", run.attempt > 1 ? String(run.attempt) : null],
      ["done", run.progress === null ? null : `${run.progress.done} of ${run.progress.total} resources`],
      ["overridden", run.overridden.length === 0 ? null : run.overridden.join("; ")],
      ["error", error === null ? null : `${place}${error.detail}`],
    ]),
    ...prunedLines(run, look),
    ...heading(look, "Phases"),
    ...phaseTable(run, look),
    ...(run.operations.length === 0 ? [] : [...heading(look, "Resources"), ...operationTable(run, look)]),
    ...(run.plan === null ? [] : [...heading(look, "Plan"), ...diffLines(run.plan, look)]),
    ...(run.findings.length + run.judgementFailures.length === 0 ? [] : heading(look, "Findings")),
    ...judgementLines(run, look),
  ];
}

/** What is not kept any more. */
function prunedLines({ pruned = {} }: Run, look: Look): string[] {
  const said = [
    ...(pruned.log === undefined ? [] : [prunedSentence("log", pruned.log)]),
    ...(pruned.plan === undefined ? [] : [prunedSentence("plan", pruned.plan)]),
  ];
  return said.length === 0 ? [] : ["", ...said.flatMap((text) => wrap(text, look.columns))];
}

/** From its start to its end, where it has both. */
function tookText({ startedAt, finishedAt }: Run): string | null {
  if (startedAt === null || finishedAt === null) return null;
  return span(Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000));
}

function stateText({ stateVersionBefore, stateVersionAfter }: Run): string | null {
  if (stateVersionBefore === null && stateVersionAfter === null) return null;
  if (stateVersionBefore === 0) return "the state that its pull request, or another one, proposes";
  return `version ${stateVersionBefore ?? "none"} before, ${stateVersionAfter ?? "none"} after`;
}

function phaseTable({ phases }: Run, look: Look): string[] {
  return table(
    look,
    [{ title: "PHASE" }, { title: "OUTCOME" }, { title: "SECONDS", align: "right" }, { title: "", least: 10 }],
    phases.map(({ phase, outcome, seconds, line }) => [
      phase,
      statusCell(outcome),
      seconds === null ? "" : seconds.toFixed(1),
      line ?? "",
    ]),
    "None yet.",
  );
}
