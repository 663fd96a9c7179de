import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

/** One line about the machine, for a table of figures: what was measured where, and how busy it was. */
export function machine(): string {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0] ?? 0;
  const git = execFileSync("git", ["--version"], { encoding: "utf8" }).trim().replace("git version", "git");
  return `${cpus().length} cores (${first?.model.trim() ?? "unknown"}), ${gigabytes} GB, Node ${process.versions.node}, ${git}; load ${load.toFixed(1)} at the start`;
}
