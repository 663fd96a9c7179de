import type { Finding, WorkspacePlan } from "@plumbline/contract";
import type { Look } from "../terminal/look.ts";
import { findingLines } from "./finding-lines.ts";

/** What was found, and what could not be judged: that blocks, too. */
export function judgementLines(
  { findings, judgementFailures }: { findings: readonly Finding[] } & Pick<WorkspacePlan, "judgementFailures">,
  look: Look,
): string[] {
  const failures = judgementFailures.map(
    ({ message, file, line }) =>
      `  ${look.paint("red", "not judged")} ${file === undefined ? "" : `${file}:${line ?? 1}: `}${message}`,
  );
  return [...findingLines(findings, look), ...failures];
}
