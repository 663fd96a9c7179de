import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import type { LogLine } from "../../api/use-run-log.ts";
import { classes } from "../../util/format.ts";
import { logRows } from "./log-rows.ts";
import { LogRowView } from "./log-row.tsx";

/** The rows of a log; only what can be seen is in the page. Scrolling up ends following. */
export function LogLines({
  lines,
  search,
  hit,
  selected,
  wrap,
  follow,
  live,
  onFollow,
  onSelect,
}: {
  lines: readonly LogLine[];
  search: string;
  /** The hit that is shown. */
  hit: number | undefined;
  /** The line in the address. */
  selected: number | undefined;
  wrap: boolean;
  follow: boolean;
  /** Whether more lines may come. */
  live: boolean;
  onFollow: (follow: boolean) => void;
  onSelect: (line: number | undefined) => void;
}) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const needle = search.toLowerCase();
  const rows = useMemo(
    () =>
      logRows(
        lines,
        toggled,
        (line) => line.id === selected || (needle !== "" && line.text.toLowerCase().includes(needle)),
      ),
    [lines, toggled, needle, selected],
  );
  const box = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (rows[index]?.kind === "line" ? 20 : 25),
    overscan: 30,
    getItemKey: (index) => rows[index]?.key ?? index,
  });
  const goal = hit ?? selected;
  const goalIndex = rows.findIndex((row) => row.kind === "line" && row.line.id === goal);
  useEffect(() => {
    if (follow) virtual.scrollToIndex(rows.length - 1, { align: "end" });
  }, [follow, rows.length, virtual]);
  useEffect(() => {
    if (goal !== undefined && goalIndex >= 0 && !follow) virtual.scrollToIndex(goalIndex, { align: "center" });
    // Only when another line is wanted, not when lines are added.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [goal]);
  const toggle = (key: string) => {
    const next = new Set(toggled);
    if (!next.delete(key)) next.add(key);
    setToggled(next);
  };
  return (
    <div
      ref={box}
      className={classes("log mono", wrap && "log--wrap")}
      tabIndex={0}
      role="region"
      aria-label={`Log, ${lines.length} lines`}
      data-log=""
      onScroll={(event) => {
        const top = event.currentTarget.scrollTop;
        if (top < lastTop.current - 4) onFollow(false);
        lastTop.current = top;
      }}
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
                className="log__placed"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <LogRowView
                  row={row}
                  search={search}
                  marked={row.kind === "line" && (row.line.id === selected || row.line.id === hit)}
                  onToggle={toggle}
                  onSelect={onSelect}
                />
              </div>
            )
          );
        })}
      </div>
      {live && <div className="log__cursor" aria-hidden="true" />}
    </div>
  );
}
