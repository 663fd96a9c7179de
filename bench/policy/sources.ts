import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure } from "../figure.ts";
import { writeLargeTree } from "./large-tree.ts";
import { measure, plumb } from "./measured-process.ts";

const seed = 20_261_122;
const sizes = { usual: 1_150, large: 4_200 };

/** What scanning sources without a plan costs, and how it grows. */
export const sourcesFigure: Figure = {
  id: "policy-sources",
  title: "plumb scan of 50,000 lines of .tf without a plan, CPU",
  unit: "s",
  target: 8,
  better: "lower",
  measure(say) {
    const folder = mkdtempSync(join(tmpdir(), "plumb-bench-"));
    try {
      const scan = (name: string, files: number) => {
        const lines = writeLargeTree(join(folder, name), files, seed);
        say(`scanning ${files} files, ${lines} lines`);
        measure(folder, plumb, ["scan", name, "--format", "json"]);
        const used = measure(folder, plumb, ["scan", name, "--format", "json"]);
        return { ...used, files, lines, perLine: used.seconds / lines };
      };
      const usual = scan("usual", sizes.usual);
      const large = scan("large", sizes.large);
      const told = ({ lines, files, seconds, megabytes }: typeof usual) =>
        `${lines} lines in ${files} files: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`;
      return Promise.resolve({
        value: usual.seconds,
        demands: [
          { says: "at least 50,000 and 185,000 lines", holds: usual.lines >= 50_000 && large.lines >= 185_000 },
          { says: "a line costs no more in the larger tree", holds: large.perLine <= 1.1 * usual.perLine },
          { says: "it found what is wrong", holds: usual.status === 1 && large.status === 1 },
        ],
        notes: [told(usual), told(large)],
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
