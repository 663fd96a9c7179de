import type { ReactNode } from "react";
import { classes } from "../../util/format.ts";
import { Glyph, type GlyphName } from "./glyph.tsx";
import type { Tone } from "./tone.ts";
import "./badge.css";

/** A chip: a state's word with its glyph, or a fact. `ink` is without tint. */
export function Badge({ tone = "ink", glyph, children }: { tone?: Tone; glyph?: GlyphName; children: ReactNode }) {
  return (
    <span className={classes("badge", `tone-${tone}`, tone === "ink" && "badge--plain")}>
      {glyph !== undefined && <Glyph name={glyph} size={14} />}
      {children}
    </span>
  );
}
