import type { Diagram } from "./drawing.ts";
import { arrow, box, zone } from "./shapes.ts";

/** How a company lays out server, runners, accounts and what must be kept apart. */
export const referenceArchitecture: Diagram = {
  width: 800,
  height: 430,
  title: "Reference architecture",
  description:
    "Server and PostgreSQL stand in a management network behind a proxy that ends TLS. A runner for everything but production and one for production stand in networks of their own and reach their cloud accounts only. Backups and the root key are kept apart from the server and from each other.",
  shapes: [
    box([16, 40, 136, 46], "people, git, CI"),
    zone([200, 16, 240, 206], "management network"),
    box([220, 44, 200, 40], "proxy: TLS, 443"),
    box([220, 104, 96, 46], "server", [], "chalk"),
    box([324, 104, 96, 46], "server", [], "chalk"),
    box([220, 168, 200, 40], "PostgreSQL, standby"),
    arrow(
      [
        [152, 63],
        [218, 63],
      ],
      { label: "HTTPS" },
    ),
    arrow([
      [268, 84],
      [268, 102],
    ]),
    arrow([
      [372, 84],
      [372, 102],
    ]),
    arrow([
      [268, 150],
      [268, 166],
    ]),
    arrow([
      [372, 150],
      [372, 166],
    ]),
    zone([200, 250, 240, 164], "kept apart"),
    box([220, 282, 200, 50], "Backups", ["sealed, another site"], "brass"),
    box([220, 348, 200, 50], "Root key", ["vault or safe, two people"], "failed"),
    arrow(
      [
        [320, 222],
        [320, 280],
      ],
      { label: "plumb backup", at: [366, 240] },
    ),
    zone([504, 16, 280, 190], "network of dev and test"),
    box([524, 48, 108, 62], "runner", ["--environment", "dev, test"]),
    box([650, 44, 118, 40], "account dev", [], "ok"),
    box([650, 94, 118, 40], "account test", [], "ok"),
    arrow([
      [632, 70],
      [648, 64],
    ]),
    arrow([
      [632, 88],
      [648, 108],
    ]),
    box([524, 148, 244, 40], "provider mirror, modules"),
    arrow([
      [578, 110],
      [578, 146],
    ]),
    zone([504, 224, 280, 190], "network of prod and clients"),
    box([524, 256, 108, 62], "runner", ["--environment", "prod, globex/*"]),
    box([650, 252, 118, 40], "account prod", [], "ok"),
    box([650, 302, 118, 40], "account globex", [], "ok"),
    arrow([
      [632, 280],
      [648, 272],
    ]),
    arrow([
      [632, 298],
      [648, 318],
    ]),
    box([524, 356, 244, 40], "provider mirror"),
    arrow([
      [578, 318],
      [578, 354],
    ]),
    arrow(
      [
        [522, 72],
        [482, 72],
        [482, 64],
        [422, 64],
      ],
      { tone: "chalk" },
    ),
    arrow(
      [
        [522, 280],
        [472, 280],
        [472, 76],
        [422, 76],
      ],
      { label: "jobs", at: [472, 240], tone: "chalk" },
    ),
  ],
};
