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

/** The readable plan, coloured by the first character of each line; where something stands in the code is dim. */
export function diffLines(plan: NonNullable<WorkspacePlan["plan"]>, look: Look): string[] {
  return planText(plan, { markers: "diff", limit: Number.POSITIVE_INFINITY, places: true })
    .trimEnd()
    .split("\n")
    .map((line) => {
      if (/^  # \S+:\d+$/.test(line)) return look.paint("dim", line);
      const place = / # line \d+$/.exec(line)?.[0] ?? "";
      const text = line.slice(0, line.length - place.length);
      return look.paint(text.startsWith("  #") ? "bold" : colours[text[0] ?? ""], text) + look.paint("dim", place);
    });
}
