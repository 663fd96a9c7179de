import type { Diagram } from "./drawing.ts";
import { arrow, box } from "./shapes.ts";

/** How a finding stands with the gate. */
export const findings: Diagram = {
  width: 800,
  height: 252,
  title: "How a finding stands",
  description:
    "A critical or high finding passes while a waiver of main covers it. Otherwise it blocks where it is new, where the change touches it, or where its date is over. What was there before and is not touched is reported until its date.",
  shapes: [
    box([16, 92, 128, 62], "Finding", ["critical or high"], "brass"),
    box([192, 92, 128, 62], "Waived?", ["by main's waivers"]),
    box([368, 92, 128, 62], "There before?", ["in what is applied"]),
    box([544, 92, 128, 62], "Touched?", ["or its date is over"]),
    arrow([
      [144, 123],
      [190, 123],
    ]),
    arrow(
      [
        [320, 123],
        [366, 123],
      ],
      { label: "no" },
    ),
    arrow(
      [
        [496, 123],
        [542, 123],
      ],
      { label: "yes" },
    ),
    box([192, 16, 128, 40], "Passes", [], "ok"),
    arrow(
      [
        [256, 92],
        [256, 58],
      ],
      { label: "yes", at: [274, 80], tone: "ok" },
    ),
    box([368, 196, 304, 40], "Blocks the merge", [], "failed"),
    arrow(
      [
        [432, 154],
        [432, 194],
      ],
      { label: "no: new", at: [464, 178], tone: "failed" },
    ),
    arrow(
      [
        [608, 154],
        [608, 194],
      ],
      { label: "yes", at: [624, 178], tone: "failed" },
    ),
    box([544, 16, 128, 40], "Reported", [], "ok"),
    arrow(
      [
        [608, 92],
        [608, 58],
      ],
      { label: "no: baseline, with a date", at: [690, 80], tone: "ok" },
    ),
  ],
};
