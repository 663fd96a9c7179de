import type { ReactNode } from "react";
import { classes } from "../../util/format.ts";
import "./glyph.css";

const bar = { stroke: "currentColor", strokeWidth: 1.6, strokeLinecap: "round", strokeLinejoin: "round" } as const;

/** A bob is drawn with an edge: without one it is too small to tell straight from leaning. */
const edge = { stroke: "currentColor", strokeWidth: 1.2, strokeLinejoin: "round" } as const;

const disc = <circle cx="8" cy="8" r="6.6" fill="currentColor" />;
const onDisc = { stroke: "var(--surface)", strokeWidth: 1.6, strokeLinecap: "round", strokeLinejoin: "round" } as const;

/** The status glyphs of the design: 16 box, stroke 1.6. Shape says the state, colour only repeats it. */
const shapes = {
  in_sync: (
    <>
      <path d="M4.5 1.5h7M8 1.5v7" {...bar} />
      <path d="M8 8.2l2.3 2.6L8 14.6l-2.3-3.8z" fill="currentColor" {...edge} />
    </>
  ),
  drifted: (
    <>
      <path d="M2 1.5h6M5 1.5l4.6 7.4" {...bar} />
      <path d="M5 1.5v13" {...bar} strokeDasharray="0.1 2.6" opacity="0.7" />
      <path d="M9.3 8.4l3.3 1.1-.1 4.2-3.8-2.1z" fill="currentColor" {...edge} />
    </>
  ),
  running: (
    <>
      <path className="glyph__ring" d="M8 2a6 6 0 1 1-6 6" {...bar} />
      <circle cx="8" cy="8" r="1.9" fill="currentColor" />
    </>
  ),
  waits: (
    <>
      <circle cx="8" cy="8" r="6" {...bar} />
      <path d="M8 4.8V8l2.2 1.4" {...bar} />
    </>
  ),
  held: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="2.6" {...bar} />
      <path d="M6.3 5.6v4.8M9.7 5.6v4.8" {...bar} />
    </>
  ),
  failed: (
    <>
      {disc}
      <path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" {...onDisc} />
    </>
  ),
  frozen: (
    <>
      <rect x="2.6" y="6.8" width="10.8" height="7.6" rx="1.6" fill="currentColor" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" {...bar} />
    </>
  ),
  never_applied: <circle cx="8" cy="8" r="6" {...bar} strokeDasharray="2.4 2.3" />,
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.3" {...bar} />
      <path d="M6.2 6.4A1.9 1.9 0 1 1 8 8.6" {...bar} strokeWidth={1.4} />
      <circle cx="8" cy="11" r="0.9" fill="currentColor" />
    </>
  ),
  done: (
    <>
      {disc}
      <path d="M5.2 8.2l2 2 3.7-4" {...onDisc} />
    </>
  ),
  skipped: (
    <>
      <circle cx="8" cy="8" r="6" {...bar} />
      <path d="M5.4 8h5.2" {...bar} />
    </>
  ),
  open: <circle cx="8" cy="8" r="6" {...bar} />,
  pull_request: (
    <>
      <circle cx="4" cy="3.6" r="1.9" {...bar} />
      <circle cx="4" cy="12.4" r="1.9" {...bar} />
      <circle cx="12" cy="12.4" r="1.9" {...bar} />
      <path d="M4 5.5v5M12 10.5V5.6L8.4 3.6M10.4 2 8.2 3.6l2 2.2" {...bar} />
    </>
  ),
  merged: (
    <>
      <circle cx="4.5" cy="3.6" r="1.9" {...bar} />
      <circle cx="4.5" cy="12.4" r="1.9" {...bar} />
      <circle cx="11.8" cy="8" r="1.9" {...bar} />
      <path d="M4.5 5.5v5M4.8 5.6C5.4 7.4 7 8 9.9 8" {...bar} />
    </>
  ),
  pushed: <path d="M3 10.5V13h10v-2.5M8 10V3M5 5.8 8 2.8l3 3" {...bar} />,
} as const satisfies Record<string, ReactNode>;

export type GlyphName = keyof typeof shapes;

/** A status glyph. It says nothing by itself to a screen reader: the word stands beside it. */
export function Glyph({ name, size = 16, className }: { name: GlyphName; size?: number; className?: string }) {
  return (
    <svg
      className={classes("glyph", name === "running" && "glyph--turning", className)}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      aria-hidden="true"
    >
      {shapes[name]}
    </svg>
  );
}
