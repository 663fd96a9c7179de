import type { AnswerOf } from "../../api/endpoints.ts";
import type { GlyphName } from "../../ui/marks/glyph.tsx";
import type { Tone } from "../../ui/marks/tone.ts";

export type Parity = AnswerOf<"getParity">;
export type ComponentParity = Parity["components"][number];
export type ParityRow = ComponentParity["rows"][number];
export type Verdict = ParityRow["verdict"];

/** A verdict's word, colour and shape. */
export const verdictWords: Record<Verdict, { word: string; tone: Tone; glyph: GlyphName }> = {
  forbidden: { word: "should not differ", tone: "failed", glyph: "failed" },
  unexplained: { word: "no reason", tone: "medium", glyph: "unknown" },
  explained: { word: "explained", tone: "ok", glyph: "done" },
  follows: { word: "follows", tone: "ink", glyph: "skipped" },
  same: { word: "same", tone: "ink", glyph: "in_sync" },
};

/** Which rows are shown: what needs somebody, all that differs, everything. */
export const parityViews = ["defects", "differs", "all"] as const;
export type ParityView = (typeof parityViews)[number];

const shownIn: Record<ParityView, readonly Verdict[]> = {
  defects: ["forbidden", "unexplained"],
  differs: ["forbidden", "unexplained", "explained", "follows"],
  all: ["forbidden", "unexplained", "explained", "follows", "same"],
};

/** The rows of a component that a view shows. */
export function rowsOf(component: ComponentParity, view: ParityView): ParityRow[] {
  return component.rows.filter(({ verdict }) => shownIn[view].includes(verdict));
}

/** "2 explained", "4 the same": what differs for a reason or not at all, where there is any. */
export function countedWords({ explained, follows, same }: ComponentParity["counts"]): string[] {
  return [
    ...(explained === 0 ? [] : [`${explained} explained`]),
    ...(follows === 0 ? [] : [`${follows} ${follows === 1 ? "follows" : "follow"} from others`]),
    ...(same === 0 ? [] : [`${same} the same`]),
  ];
}

/** What is the case over all components, for the head of the page. */
export function paritySentence(components: readonly ComponentParity[]): string {
  const sum = (verdict: Verdict) => components.reduce((total, { counts }) => total + counts[verdict], 0);
  const differences = (number: number, what: string) =>
    `${number} ${number === 1 ? "difference" : "differences"} ${what}`;
  const [forbidden, unexplained, explained] = [sum("forbidden"), sum("unexplained"), sum("explained")];
  const parts = [
    forbidden === 0 ? null : differences(forbidden, "that should not be"),
    unexplained === 0 ? null : differences(unexplained, "without a reason"),
    explained === 0 ? null : differences(explained, "with a reason"),
  ].filter((part) => part !== null);
  return parts.length === 0 ? "The environments do not differ." : `${parts.join(", ")}.`;
}
