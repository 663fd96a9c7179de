import type { ReactNode } from "react";
import { Glyph, type GlyphName } from "../marks/glyph.tsx";
import type { Tone } from "../marks/tone.ts";
import "./banner.css";

/** What is the case and what comes next, at the head of a page. */
export function Banner({
  tone,
  glyph,
  children,
  action,
}: {
  tone: Tone;
  glyph: GlyphName;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={`banner tone-${tone}`}>
      <Glyph name={glyph} size={18} />
      <div className="banner__text">{children}</div>
      {action}
    </div>
  );
}
