import type { Diagram } from "./drawing.ts";
import { arrow, box, words, zone } from "./shapes.ts";

/** Pins point at commits of main; a promotion moves one. */
export const environments: Diagram = {
  width: 800,
  height: 280,
  title: "Environments and pins",
  description:
    "Main is a line of commits. Dev and test follow its newest commit. The pin of uat names an older one, that of prod one older still. A promotion is a pull request that moves a pin to a newer commit. Values and rules always come from the newest commit.",
  shapes: [
    words(16, 78, "main"),
    box([64, 52, 96, 42], "5b5e1409"),
    box([208, 52, 96, 42], "7f6c7457"),
    box([352, 52, 96, 42], "0440a2a8"),
    box([496, 52, 96, 42], "8bef7c10", [], "chalk"),
    arrow([
      [160, 73],
      [206, 73],
    ]),
    arrow([
      [304, 73],
      [350, 73],
    ]),
    arrow([
      [448, 73],
      [494, 73],
    ]),
    words(608, 70, "newest: values, rules and"),
    words(744, 156, "where their code comes from", "end"),
    words(608, 86, "policies of all environments"),
    zone([40, 136, 720, 128], ""),
    box([64, 180, 120, 62], "prod", ["pin 2026.46"], "brass"),
    box([320, 180, 120, 62], "uat", ["pin 2026.47"], "brass"),
    box([472, 180, 120, 62], "test", ["follows main"]),
    box([624, 180, 120, 62], "dev", ["follows main"]),
    arrow(
      [
        [112, 180],
        [112, 96],
      ],
      { tone: "brass" },
    ),
    arrow(
      [
        [388, 180],
        [400, 96],
      ],
      { tone: "brass" },
    ),
    arrow([
      [532, 180],
      [540, 96],
    ]),
    arrow([
      [660, 180],
      [570, 96],
    ]),
    arrow(
      [
        [184, 211],
        [252, 211],
        [372, 98],
      ],
      { label: "promotion", at: [232, 204], dashed: true, tone: "chalk" },
    ),
  ],
};
