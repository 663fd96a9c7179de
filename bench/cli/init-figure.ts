import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure } from "../figure.ts";
import { measure, plumb } from "../policy/measured-process.ts";
import { writeManyRootModules } from "./many-root-modules.ts";

const samples = 3;

/** How long `plumb init` takes for a large checkout. */
export const initFigure: Figure = {
  id: "init",
  title: "plumb init of 1,000 root modules among 5,000 directories, longest of three",
  unit: "s",
  target: 5,
  better: "lower",
  measure(say) {
    const folder = mkdtempSync(join(tmpdir(), "plumb-bench-"));
    try {
      const { rootModules, directories } = writeManyRootModules(join(folder, "checkout"), 250, 4_000);
      say(`${rootModules} root modules, ${directories} directories`);
      const runs = Array.from({ length: samples }, () => {
        const begun = performance.now();
        const used = measure(folder, plumb, ["init", "checkout", "--json"]);
        return { ...used, took: (performance.now() - begun) / 1000 };
      });
      const found = JSON.parse(runs[0]?.output ?? "{}");
      return Promise.resolve({
        value: Math.max(...runs.map(({ took }) => took)),
        demands: [
          {
            says: "at least 1,000 root modules and 5,000 directories",
            holds: rootModules >= 1000 && directories >= 5000,
          },
          {
            says: "it found them all and joined environments",
            holds: found.rootModules === rootModules && found.components.length === 250,
          },
          { says: "it ended well", holds: runs.every(({ status }) => status === 0) },
        ],
        notes: [
          `${runs.map(({ took }) => `${took.toFixed(1)} s`).join(", ")}; CPU ${runs.map(({ seconds }) => `${seconds.toFixed(1)} s`).join(", ")}; ${Math.max(...runs.map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
        ],
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
