import { lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageFault } from "../command/faults.ts";
import type { ProposedFile } from "./proposal.ts";

/** Writes the new files below `root`: none that is there, none through a link. All is looked at before the first. */
export function writeFiles(root: string, files: readonly ProposedFile[]): string[] {
  const fresh = files.filter(({ state }) => state === "new");
  for (const { path } of fresh) checkWay(root, path);
  for (const { path, text } of fresh) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: "wx" });
  }
  return fresh.map(({ path }) => path);
}

function checkWay(root: string, path: string): void {
  const words = path.split("/");
  words.forEach((_, index) => {
    const part = words.slice(0, index + 1).join("/");
    const info = lstatSync(join(root, part), { throwIfNoEntry: false });
    const isLast = index === words.length - 1;
    if (info !== undefined && (isLast || !info.isDirectory()))
      throw new UsageFault(
        `${part} is in the way${info.isSymbolicLink() ? ": it is a link" : ""}; nothing was written.`,
        "Move it, then run plumb init --write again.",
      );
  });
}
