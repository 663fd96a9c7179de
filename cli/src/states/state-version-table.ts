import type { StateVersion } from "@plumbline/contract";
import type { Look } from "../terminal/look.ts";
import { table } from "../terminal/table.ts";
import { moment, sizeText } from "../terminal/words.ts";

/** State versions as a table. */
export function stateVersionTable(items: readonly StateVersion[], look: Look): string[] {
  return table(
    look,
    [
      { title: "VERSION", align: "right" },
      { title: "SERIAL", align: "right" },
      { title: "RESOURCES", align: "right" },
      { title: "SIZE", align: "right", extra: true },
      { title: "RUN" },
      { title: "PR" },
      { title: "CREATED" },
      { title: "SHA-256", least: 12, extra: true },
    ],
    items.map((item) => [
      String(item.version),
      String(item.serial),
      String(item.resources),
      sizeText(item.size),
      item.run === null ? "" : String(item.run),
      item.pullRequest === null ? "" : `#${item.pullRequest}`,
      moment(item.createdAt),
      item.sha256,
    ]),
    "No state yet.",
  );
}
