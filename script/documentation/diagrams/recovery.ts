import type { Diagram } from "./drawing.ts";
import { arrow, box } from "./shapes.ts";

/** What happens to an apply whose runner is lost. */
export const recovery: Diagram = {
  width: 800,
  height: 236,
  title: "When an apply loses its runner",
  description:
    "An apply goes on by itself when the server, the database or the runner dies, and hands its state over later. Where its machine is lost its lease ends, the run is unknown and the workspace is frozen. Somebody confirms that nothing runs any more; then it is planned anew and held.",
  shapes: [
    box([16, 88, 128, 62], "Applying", ["state, journal", "kept on disk"], "chalk"),
    box([208, 16, 176, 62], "Goes on by itself", ["server, database or", "runner is away"]),
    box([448, 16, 144, 62], "Hands over", ["state and journal"]),
    box([656, 16, 128, 62], "Applied", [], "ok"),
    arrow([
      [144, 104],
      [206, 60],
    ]),
    arrow([
      [384, 47],
      [446, 47],
    ]),
    arrow([
      [592, 47],
      [654, 47],
    ]),
    box([208, 160, 176, 62], "Unknown, frozen", ["its machine is lost:", "the lease ends"], "failed"),
    box([448, 160, 144, 62], "Confirmed", ["nothing of it runs"]),
    box([656, 160, 128, 62], "Held", ["planned anew"], "held"),
    arrow([
      [144, 134],
      [206, 178],
    ]),
    arrow([
      [384, 191],
      [446, 191],
    ]),
    arrow([
      [592, 191],
      [654, 191],
    ]),
    arrow(
      [
        [720, 160],
        [720, 80],
      ],
      { label: "approved", at: [752, 124] },
    ),
  ],
};
