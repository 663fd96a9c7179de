import type { Diagram } from "./drawing.ts";
import { arrow, box, zone } from "./shapes.ts";

/** What an auditor can hold against what. */
export const proof: Diagram = {
  width: 800,
  height: 244,
  title: "What holds together",
  description:
    "The merge commit, the approval's signed statement, the run and the audit entries name the same plan digest. The state version names its run. An export of the audit log has the text that each entry's hash is over.",
  shapes: [
    zone([16, 16, 320, 212], "Git"),
    box([36, 60, 280, 62], "Merge commit", ["Approved-by, Ticket, Plan-Digest"], "chalk"),
    box([36, 152, 280, 56], "Rules at that commit", ["CODEOWNERS, approvals, policies"]),
    arrow([
      [176, 122],
      [176, 150],
    ]),
    zone([392, 16, 392, 212], "Plumbline"),
    box([412, 60, 168, 62], "Approval", ["statement, signature"], "chalk"),
    box([596, 60, 168, 62], "Run", ["plan, digest, journal"]),
    box([412, 152, 168, 56], "Audit entries", ["sequence, leaf hash"], "brass"),
    box([596, 152, 168, 56], "State version", ["number, SHA-256, run"], "ok"),
    arrow(
      [
        [316, 91],
        [410, 91],
      ],
      { label: "digest" },
    ),
    arrow([
      [580, 91],
      [594, 91],
    ]),
    arrow([
      [680, 122],
      [680, 150],
    ]),
    arrow([
      [496, 122],
      [496, 150],
    ]),
    arrow([
      [620, 122],
      [560, 150],
    ]),
  ],
};
