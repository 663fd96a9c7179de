import type { WorkspacePlan } from "@plumbline/contract";
import { planText } from "@plumbline/engine/plans/plan-text";
import type { Look, Style } from "../terminal/look.ts";
import { heading } from "../terminal/facts.ts";
import { judgementLines } from "./judgement-lines.ts";

const colours: Record<string, Style> = {
  "+": "green",
  "-": "red",
  "!": "yellow",
  "<": "cyan",
  "=": "cyan",
  ">": "cyan",
};

/** A plan as a coloured diff, whole, with its digest and findings. */
export function planLines(shown: WorkspacePlan, look: Look): string[] {
  const { workspace, run, digest, plan } = shown;
  const title = heading(look, `${workspace}, run ${run}`);
  if (plan === null) return [...title, "  No plan yet.", ...judgementLines(shown, look)];
  return [
    ...title,
    look.paint("dim", digest === null ? "no digest: it cannot be approved" : `digest ${digest}`),
    ...diffLines(plan, look),
    ...judgementLines(shown, look),
  ];
}

/** The readable plan, coloured by the first character of each line. */
export function diffLines(plan: NonNullable<WorkspacePlan["plan"]>, look: Look): string[] {
  return planText(plan, { markers: "diff", limit: Number.POSITIVE_INFINITY })
    .trimEnd()
    .split("\n")
    .map((line) => look.paint(line.startsWith("  #") ? "bold" : colours[line[0] ?? ""], line));
}
