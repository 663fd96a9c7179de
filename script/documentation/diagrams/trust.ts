import type { Diagram } from "./drawing.ts";
import { arrow, box, words, zone } from "./shapes.ts";

/** Which program trusts which, and what a sandbox reaches. */
export const trust: Diagram = {
  width: 800,
  height: 368,
  title: "Trust boundaries",
  description:
    "People and git talk to the server over HTTPS. The server never executes anything from a repository. A runner claims jobs over HTTPS and starts a supervisor for each run in a network of its own. Inside it each phase has a sandbox; it reaches the state and, by an allow-list, the cloud. Checks have no network.",
  shapes: [
    zone([16, 16, 152, 336], "people"),
    box([32, 56, 120, 46], "browser"),
    box([32, 122, 120, 46], "plumb"),
    box([32, 188, 120, 46], "git"),
    zone([232, 16, 176, 336], "server's network"),
    box([252, 88, 136, 78], "server", ["decides, remembers;", "executes nothing", "of a repository"], "chalk"),
    box([252, 236, 136, 46], "PostgreSQL", ["sealed, row-level"]),
    arrow([
      [320, 166],
      [320, 234],
    ]),
    arrow(
      [
        [152, 127],
        [250, 127],
      ],
      { label: "HTTPS" },
    ),
    zone([472, 16, 312, 336], "runner's network"),
    box([492, 52, 128, 46], "runner", ["its token, no more"]),
    arrow(
      [
        [490, 75],
        [430, 75],
        [390, 108],
      ],
      { label: "jobs, journal", at: [440, 66] },
    ),
    zone([484, 120, 288, 168], "one run: a network"),
    box([496, 152, 264, 34], "supervisor: state and egress", [], "brass"),
    box([496, 212, 80, 56], "plan", ["sandbox"]),
    box([588, 212, 80, 56], "apply", ["sandbox"], "ok"),
    box([680, 212, 80, 56], "check", ["no network"]),
    arrow([
      [536, 212],
      [536, 188],
    ]),
    arrow([
      [628, 212],
      [628, 188],
    ]),
    arrow([
      [612, 98],
      [612, 150],
    ]),
    box([640, 52, 128, 46], "cloud", [], "plain"),
    arrow([
      [700, 152],
      [700, 100],
    ]),
    words(628, 316, "code of a pull request runs only here", "middle"),
  ],
};
