import type { Diagram } from "./drawing.ts";
import { arrow, box, words, zone } from "./shapes.ts";

/** What a plan digest covers, and where it is compared. */
export const approvals: Diagram = {
  width: 800,
  height: 300,
  title: "The plan digest",
  description:
    "Code, input values, engine and providers, and what would be changed go into the plan digest. Times, serials and drift stay out. An approval signs the digest. At the apply the digest is compared: equal is applied, another one is held.",
  shapes: [
    zone([16, 16, 232, 180], "in the digest"),
    box([32, 48, 200, 30], "the code's tree"),
    box([32, 84, 200, 30], "input values"),
    box([32, 120, 200, 30], "engine and providers"),
    box([32, 156, 200, 30], "changes, by address"),
    zone([16, 208, 232, 76], "left out"),
    words(32, 248, "times, serials, the prior state,"),
    words(32, 266, "drift, what stays as it is"),
    box([296, 80, 120, 62], "Plan digest", ["SHA-256"], "brass"),
    arrow([
      [248, 111],
      [294, 111],
    ]),
    box([464, 80, 120, 62], "Approval", ["by a person"], "chalk"),
    arrow([
      [416, 111],
      [462, 111],
    ]),
    box([640, 16, 144, 62], "Applied", ["the very bytes,", "or an equal plan"], "ok"),
    box([640, 144, 144, 62], "Held", ["shown again,", "asks again"], "held"),
    arrow(
      [
        [584, 100],
        [638, 60],
      ],
      { label: "equal", at: [600, 70], tone: "ok" },
    ),
    arrow(
      [
        [584, 122],
        [638, 162],
      ],
      { label: "another", at: [598, 164], tone: "held" },
    ),
    arrow(
      [
        [712, 206],
        [712, 240],
        [524, 240],
        [524, 144],
      ],
      { label: "somebody approves the new digest", at: [618, 258], dashed: true, tone: "held" },
    ),
  ],
};
