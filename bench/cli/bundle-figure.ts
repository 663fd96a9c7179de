import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { quantile } from "../figure.ts";
import type { Figure } from "../figure.ts";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const samples = 15;
/** What each start does: a help, and a call of a server that is not there, which loads all that a call needs. */
const commands = [
  ["prs", "--help"],
  ["prs", "list"],
];

/** What starting the bundle costs before anything is done. */
export const bundleFigure: Figure = {
  id: "cli-start",
  title: "plumb as a bundle, from start to its first request, median CPU",
  unit: "s",
  target: 0.12,
  better: "lower",
  measure(say) {
    const folder = mkdtempSync(join(tmpdir(), "plumb-bench-"));
    try {
      say("building the bundle");
      const built = spawnSync(process.execPath, [file("../../cli/src/build.ts")], { encoding: "utf8" });
      if (built.status !== 0) throw new Error(built.stderr);
      const medians = commands.map((args) => quantile(startOften(folder, args), 0.5));
      return Promise.resolve({
        value: Math.max(...medians),
        notes: commands.map((args, index) => `plumb ${args.join(" ")}: ${medians[index]?.toFixed(3)} s`),
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** CPU seconds of each start, with compiled code kept as on any machine where plumb is used. */
function startOften(folder: string, args: readonly string[]): number[] {
  const used = join(folder, "used");
  const start = () => {
    spawnSync(process.execPath, [file("./report-usage.mjs"), used, file("../../cli/dist/main.js"), ...args], {
      env: {
        HOME: folder,
        NODE_COMPILE_CACHE: join(folder, "cache"),
        PLUMBLINE_URL: "http://127.0.0.1:9",
        PLUMBLINE_TOKEN: "none",
      },
    });
    return Number(readFileSync(used, "utf8"));
  };
  start();
  return Array.from({ length: samples }, start);
}
