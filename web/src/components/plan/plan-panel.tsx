import type { Finding } from "@plumbline/contract/findings";
import type { PlanView } from "@plumbline/contract/plan-view";
import { IconListTree } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { Button } from "../../ui/buttons/button.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { Segments } from "../../ui/layout/segments.tsx";
import { short } from "../../util/format.ts";
import { foldedAtFirst, keyOf } from "./plan-rows.ts";
import { PlanTree } from "./plan-tree.tsx";
import "./plan-panel.css";

/** A plan with its two views: tree and text. Give it a `key` that changes with the plan. */
export function PlanPanel({
  title,
  digest,
  plan,
  findings,
  text,
  side,
  compact = false,
}: {
  title: string;
  digest: string | null;
  plan: PlanView;
  findings: readonly Finding[];
  text: string | null;
  side?: ReactNode;
  /** Every resource begins folded, but those in which something was found. */
  compact?: boolean;
}) {
  const [folded, setFolded] = useState(() => foldedAtFirst(plan, findings, compact));
  const [view, setView] = useState<"tree" | "text">("tree");
  const allOpen = folded.size === 0;
  const fold = (key: string) => {
    const next = new Set(folded);
    if (!next.delete(key)) next.add(key);
    setFolded(next);
  };
  return (
    <Panel
      title={title}
      note={digest === null ? "no digest" : <code className="dim">plan {short(digest)}</code>}
      side={
        <>
          {side}
          {view === "tree" && plan.resources.length > 0 && (
            <Button
              variant="quiet"
              icon={IconListTree}
              onClick={() => setFolded(allOpen ? new Set(plan.resources.map(keyOf)) : new Set())}
            >
              {allOpen ? "Fold all" : "Expand all"}
            </Button>
          )}
          <Segments
            label="View of the plan"
            items={[
              { id: "tree", label: "Tree" },
              { id: "text", label: "Text" },
            ]}
            selected={view}
            onSelect={setView}
          />
        </>
      }
    >
      {view === "text" ? (
        <pre className="plan-panel__text" tabIndex={0}>
          {text ?? "The engine's text was not stored."}
        </pre>
      ) : plan.resources.length === 0 && plan.outputs.length === 0 && findings.length === 0 ? (
        <Empty title="No changes">What runs is what the code says.</Empty>
      ) : (
        <PlanTree plan={plan} findings={findings} folded={folded} onFold={fold} />
      )}
    </Panel>
  );
}
