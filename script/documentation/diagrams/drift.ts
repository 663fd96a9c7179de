import type { Diagram } from "./drawing.ts";
import { arrow, box, words } from "./shapes.ts";

/** A drift case from its opening to its end. */
export const drift: Diagram = {
  width: 800,
  height: 236,
  title: "A drift case",
  description:
    "A check plans each workspace on its interval. What differs opens a case. Somebody opens a pull request that reverts or accepts it; after the merge a check that finds nothing closes the case. A check that does not run in time raises an alarm.",
  shapes: [
    box([16, 72, 136, 62], "Check", ["every 15 minutes,", "reading credential"], "chalk"),
    box([208, 72, 136, 62], "Case", ["what, when, how", "severe, whose"], "failed"),
    arrow(
      [
        [152, 103],
        [206, 103],
      ],
      { label: "differs" },
    ),
    box([400, 16, 152, 62], "Revert", ["pull request without", "commits"]),
    box([400, 128, 152, 62], "Accept", ["pull request that", "changes the code"]),
    arrow([
      [344, 92],
      [398, 54],
    ]),
    arrow([
      [344, 114],
      [398, 152],
    ]),
    box([608, 72, 176, 62], "Closed", ["by a check that", "finds nothing"], "ok"),
    arrow([
      [552, 47],
      [606, 90],
    ]),
    arrow([
      [552, 159],
      [606, 116],
    ]),
    arrow(
      [
        [84, 134],
        [84, 194],
      ],
      { tone: "held" },
    ),
    box([16, 196, 136, 30], "Overdue: alarm", [], "held"),
    words(96, 170, "does not run in time"),
    words(16, 62, "finds nothing: in sync"),
  ],
};
