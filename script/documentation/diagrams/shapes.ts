import type { Arrow, Box, Tone, Words, Zone } from "./drawing.ts";

type Point = readonly [number, number];

/** A box; `lines` stand under its title. */
export function box(
  place: readonly [number, number, number, number],
  title: string,
  lines: string[] = [],
  tone: Tone = "plain",
): Box {
  const [x, y, width, height] = place;
  return { kind: "box", x, y, width, height, title, lines, tone };
}

/** An arrow through points. */
export function arrow(points: readonly Point[], more: Omit<Arrow, "kind" | "points"> = {}): Arrow {
  return { kind: "arrow", points, ...more };
}

/** A dashed frame. */
export function zone(place: readonly [number, number, number, number], title: string): Zone {
  const [x, y, width, height] = place;
  return { kind: "zone", x, y, width, height, title };
}

/** Words. */
export function words(x: number, y: number, text: string, align: "start" | "middle" | "end" = "start"): Words {
  return { kind: "words", x, y, text, align };
}
