import { Badge } from "../ui/marks/badge.tsx";
import { capital } from "../util/format.ts";
import type { StateWord } from "./state-words.ts";

/** A state as a chip. */
export function StateBadge({ state }: { state: StateWord }) {
  return (
    <Badge tone={state.tone} glyph={state.glyph}>
      {capital(state.word)}
    </Badge>
  );
}
