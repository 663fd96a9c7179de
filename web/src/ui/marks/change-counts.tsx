import type { PlanCounts } from "@plumbline/contract/plan-view";
import { classes } from "../../util/format.ts";
import "./change-counts.css";

const columns = [
  { key: "add", sign: "+", word: "to add", tone: "ok" },
  { key: "change", sign: "~", word: "to change", tone: "medium" },
  { key: "replace", sign: "±", word: "to replace", tone: "high" },
  { key: "destroy", sign: "−", word: "to destroy", tone: "critical" },
] as const;

/** "+2 ~1 ±1 ·": add, change, replace, destroy; a zero is a dot. */
export function ChangeCounts({ counts }: { counts: PlanCounts | null }) {
  if (counts === null) return <span className="dim">not planned</span>;
  const words = columns.filter(({ key }) => counts[key] > 0).map(({ key, word }) => `${counts[key]} ${word}`);
  return (
    <span className="change-counts mono">
      <span className="hidden-text">{words.length > 0 ? words.join(", ") : "no changes"}</span>
      {columns.map(({ key, sign, tone }) => (
        <span
          key={key}
          aria-hidden="true"
          className={classes(`tone-${tone}`, counts[key] === 0 && "change-counts__zero")}
        >
          {counts[key] === 0 ? "·" : `${sign}${counts[key]}`}
        </span>
      ))}
    </span>
  );
}
