import type { ReactNode } from "react";
import { Glyph } from "../ui/marks/glyph.tsx";
import { capital } from "../util/format.ts";
import type { StateWord } from "./state-words.ts";
import "./state-text.css";

/** A state as glyph and word, without a box. `children` replaces the word. */
export function StateText({ state, children }: { state: StateWord; children?: ReactNode }) {
  return (
    <span className={`state-text tone-${state.tone}`}>
      <Glyph name={state.glyph} size={15} />
      <span>{children ?? capital(state.word)}</span>
    </span>
  );
}
