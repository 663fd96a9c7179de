import type { GlyphName } from "../ui/marks/glyph.tsx";
import type { Tone } from "../ui/marks/tone.ts";

const table: [RegExp, GlyphName, Tone][] = [
  [/fail|block|refus/, "failed", "failed"],
  [/void|withdr|cancel|supersed|expire/, "skipped", "ink"],
  [/unknown|frozen|froze/, "frozen", "frozen"],
  [/held|hold/, "held", "held"],
  [/drift.*(clos|clean)/, "in_sync", "ok"],
  [/drift|case/, "drifted", "critical"],
  [/merg/, "merged", "held"],
  [/push/, "pushed", "ink"],
  [/pull_request.*open|promot/, "pull_request", "ink"],
  [/approv|appli|finish|ready|verif/, "done", "ok"],
  [/applying|start|running|claim|planning/, "running", "chalk"],
];

/** The glyph of something that happened, from its kind ("run.failed", "pull_request.merged"). */
export function eventGlyph(kind: string): { glyph: GlyphName; tone: Tone } {
  const found = table.find(([pattern]) => pattern.test(kind));
  return found === undefined ? { glyph: "open", tone: "ink" } : { glyph: found[1], tone: found[2] };
}
