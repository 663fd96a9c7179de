import type { Finding } from "@plumbline/contract/findings";
import type { PlanView } from "@plumbline/contract/plan-view";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { planRows, type PlanRow } from "./plan-rows.ts";
import { PlanRowView } from "./plan-row.tsx";
import "./plan-tree.css";

const virtualFrom = 200;

/** A plan as resources with their changed attributes. The caller keeps what is folded, to fold all at once. */
export function PlanTree({
  plan,
  findings,
  folded,
  onFold,
}: {
  plan: PlanView;
  findings: readonly Finding[];
  folded: ReadonlySet<string>;
  onFold: (key: string) => void;
}) {
  const rows = useMemo(() => planRows(plan, findings, folded), [plan, findings, folded]);
  if (rows.length > virtualFrom) return <VirtualRows rows={rows} onFold={onFold} />;
  return (
    <div className="plan-tree mono">
      {rows.map((row) => (
        <PlanRowView key={row.key} row={row} onFold={onFold} />
      ))}
    </div>
  );
}

/** Only what can be seen is in the page. */
function VirtualRows({ rows, onFold }: { rows: readonly PlanRow[]; onFold: (key: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => 26,
    overscan: 20,
    getItemKey: (index) => rows[index]?.key ?? index,
  });
  return (
    <div
      className="plan-tree plan-tree--virtual mono"
      ref={box}
      tabIndex={0}
      role="region"
      aria-label={`Plan, ${rows.length} rows`}
    >
      <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row !== undefined && (
              <div
                key={item.key}
                data-index={item.index}
                ref={virtual.measureElement}
                className="plan-tree__placed"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <PlanRowView row={row} onFold={onFold} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
