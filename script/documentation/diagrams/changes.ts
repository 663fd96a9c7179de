import type { Diagram } from "./drawing.ts";
import { arrow, box, words } from "./shapes.ts";

/** From a push to what runs. */
export const changes: Diagram = {
  width: 800,
  height: 316,
  title: "The life of a change",
  description:
    "A push opens a pull request. Affected workspaces are planned over the trial merge and checked. Owners approve plan digests. The server merges, runs apply. A plan that differs is held and asks again. A push begins anew.",
  shapes: [
    box([16, 40, 128, 62], "Push", ["git push, or a page"], "chalk"),
    box([176, 40, 128, 62], "Trial merge", ["with main"]),
    box([336, 40, 128, 62], "Plan", ["reading credential", "in a sandbox"]),
    box([496, 40, 128, 62], "Check", ["rules and scanners", "no network"]),
    box([656, 40, 128, 62], "Gate", ["what is missing,", "and who can do it"], "brass"),
    arrow([
      [144, 71],
      [174, 71],
    ]),
    arrow([
      [304, 71],
      [334, 71],
    ]),
    arrow([
      [464, 71],
      [494, 71],
    ]),
    arrow([
      [624, 71],
      [654, 71],
    ]),
    box([656, 168, 128, 62], "Approve", ["names plan digests"], "chalk"),
    box([496, 168, 128, 62], "Merge", ["by the server"]),
    box([336, 168, 128, 62], "Apply", ["writing credential", "in order"], "ok"),
    box([176, 168, 128, 62], "Applied", ["new state version"], "ok"),
    arrow([
      [720, 102],
      [720, 166],
    ]),
    arrow([
      [656, 199],
      [626, 199],
    ]),
    arrow([
      [496, 199],
      [466, 199],
    ]),
    arrow([
      [336, 199],
      [306, 199],
    ]),
    box([336, 262, 128, 40], "Held", [], "held"),
    arrow(
      [
        [400, 230],
        [400, 260],
      ],
      { label: "the plan is another one", at: [478, 250], tone: "held" },
    ),
    arrow(
      [
        [464, 288],
        [720, 288],
        [720, 232],
      ],
      { label: "asks again", at: [640, 281], dashed: true, tone: "held" },
    ),
    arrow(
      [
        [720, 40],
        [720, 18],
        [80, 18],
        [80, 38],
      ],
      { label: "mend and push again: a new patch set", at: [400, 14], dashed: true },
    ),
    arrow(
      [
        [240, 230],
        [240, 282],
        [80, 282],
        [80, 104],
      ],
      { label: "revert: a pull request", at: [160, 275], dashed: true },
    ),
    words(176, 136, "Every step has its entry in the audit log."),
  ],
};
