import type { AffectedWorkspace } from "@plumbline/contract";
import type { Look } from "../terminal/look.ts";
import { statusStyle } from "../terminal/status-style.ts";
import { countsText } from "../terminal/words.ts";
import { currentRun } from "./snapshot.ts";
import type { Snapshot } from "./snapshot.ts";

/** What happened between two moments as plain lines, for files, pipes and logs of CI; at first all that is the case. */
export function changeLines(before: Snapshot | undefined, after: Snapshot, look: Look): string[] {
  const { shown, logs } = after;
  const was = before?.shown;
  const known = new Map(was?.affected.map((one) => [one.workspace, statusText(one)]));
  const gate = new Map(was?.gate.map(({ id, met }) => [id, met]));
  return [
    ...(shown.patchSet === was?.patchSet ? [] : [`#${shown.number} ${shown.title}, patch set ${shown.patchSet}`]),
    ...shown.affected
      .filter((one) => known.get(one.workspace) !== statusText(one))
      .map((one) => `${one.workspace}  ${look.paint(statusStyle(currentRun(one)?.status ?? ""), statusText(one))}`),
    ...shown.affected.flatMap((one) => {
      const run = currentRun(one);
      const line = run === undefined ? undefined : logs.get(run.run);
      if (run === undefined || line === undefined || before?.logs.get(run.run)?.id === line.id) return [];
      return [look.paint("dim", `${one.workspace}  ${line.phase} | ${line.text.trim()}`)];
    }),
    ...(shown.status === "open" ? shown.gate : [])
      .filter(({ id, met }) => gate.get(id) !== met)
      .map(({ met, title, who }) => {
        const needs = met || who.length === 0 ? "" : `: ${who.join(", ")}`;
        return `gate  ${met ? look.paint("green", "✓") : look.paint("red", "✗")} ${title}${needs}`;
      }),
    ...(shown.state === was?.state && shown.sentence === was.sentence
      ? []
      : [`${look.paint(statusStyle(shown.state), shown.state)}: ${shown.sentence}`]),
  ];
}

function statusText(one: AffectedWorkspace): string {
  const run = currentRun(one);
  if (run === undefined) return one.line;
  const plan = run.kind === "plan" && run.status === "finished" ? `, ${countsText(one.counts)}` : "";
  return `${run.kind} ${run.run} ${run.status}${plan}`;
}
