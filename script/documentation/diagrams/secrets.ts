import type { Diagram } from "./drawing.ts";
import { arrow, box, words, zone } from "./shapes.ts";

/** Who sees which secret, and when. */
export const secrets: Diagram = {
  width: 800,
  height: 272,
  title: "Secrets and phases",
  description:
    "Credentials and sealed variables lie sealed in the database under the root key. A plan gets the reading credential, an apply the writing one. Checks and scanners get none. What a secret's text looks like is masked in logs, plans and pages.",
  shapes: [
    zone([16, 16, 232, 240], "server: sealed under the root key"),
    box([40, 52, 184, 46], "credential prod, plan"),
    box([40, 116, 184, 46], "credential prod, apply"),
    box([40, 180, 184, 46], "sealed variables"),
    zone([336, 16, 240, 240], "runner: one sandbox for each phase"),
    box([360, 52, 192, 46], "plan", ["reads"], "chalk"),
    box([360, 116, 192, 46], "check", ["no secret, no network"]),
    box([360, 180, 192, 46], "apply", ["writes"], "ok"),
    arrow(
      [
        [224, 75],
        [358, 75],
      ],
      { tone: "chalk" },
    ),
    arrow(
      [
        [224, 139],
        [358, 192],
      ],
      { tone: "ok" },
    ),
    arrow(
      [
        [224, 203],
        [358, 208],
      ],
      { label: "as sealed.yaml says", at: [292, 232] },
    ),
    arrow(
      [
        [224, 196],
        [358, 88],
      ],
      { dashed: true },
    ),
    box([624, 92, 160, 94], "Logs, plans, pages", ["masked:", "(sensitive value)"], "brass"),
    arrow([
      [552, 75],
      [622, 118],
    ]),
    arrow([
      [552, 203],
      [622, 160],
    ]),
    words(704, 210, "each handing-out", "middle"),
    words(704, 226, "is an audit entry", "middle"),
  ],
};
