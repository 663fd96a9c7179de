import type { Run } from "@plumbline/contract";
import type { Look } from "../terminal/look.ts";
import { statusCell } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";

/** What an apply did to each resource, in the order in which it began, with when (from the first) and how long. */
export function operationTable({ operations, status }: Run, look: Look): string[] {
  const first = Math.min(...operations.map(({ startedAt }) => Date.parse(startedAt)));
  return table(
    look,
    [
      { title: "RESOURCE", least: 16 },
      { title: "" },
      { title: "OUTCOME" },
      { title: "BEGAN", align: "right" },
      { title: "SECONDS", align: "right" },
    ],
    operations.map(({ address, action, outcome, startedAt, finishedAt }) => {
      const begins = Date.parse(startedAt);
      // It was under way when the run ended: nobody saw how it went.
      const word = outcome === "running" && status !== "running" ? "unknown" : outcome;
      const end = finishedAt === null ? (status === "running" ? look.now.getTime() : null) : Date.parse(finishedAt);
      return [
        address,
        action,
        statusCell(word),
        `+${((begins - first) / 1000).toFixed(1)}`,
        end === null ? "" : (Math.max(0, end - begins) / 1000).toFixed(1),
      ];
    }),
    "None.",
  );
}
