import type { Severity } from "@plumbline/contract/findings";
import type { DriftCaseStatus } from "@plumbline/contract/workspace-status";
import type { StateWord } from "../state-words.ts";

/** How a drift case's status is shown. */
export function driftWord({ status, severity }: { status: DriftCaseStatus; severity: Severity }): StateWord {
  switch (status) {
    case "open":
      return { word: "open", tone: severity, glyph: "drifted" };
    case "reverting":
      return { word: "reverting", tone: "chalk", glyph: "running" };
    case "closed":
      return { word: "closed", tone: "ok", glyph: "in_sync" };
  }
}
