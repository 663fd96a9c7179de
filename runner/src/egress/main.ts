import { existsSync, readFileSync, rmSync } from "node:fs";
import { connectOutside } from "../runs/connect-outside.ts";
import { createServer } from "../supervisor/http.ts";
import { isAlive, type ProcessIdentity } from "../supervisor/process-tree.ts";
import { runDirectory } from "../supervisor/run-directory.ts";
import type { SupervisorJob } from "../supervisor/supervisor-job.ts";

/** Milliseconds that a supervisor has to say who it is. */
const startsWithin = 30_000;

interface ServedRun {
  since: number;
  stop(): void;
}

/**
 * Connects applies outside: started by a runner, which sends it the folder of each. An apply must not lose the cloud in
 * the middle of a call because its runner is stopped or killed, and its supervisor lives in a network namespace with
 * nothing in it, so this process stands beside the runner and stays, when that is gone, until the last of its applies
 * has ended.
 */
function main(): void {
  const served = new Map<string, ServedRun>();
  process.on("SIGHUP", () => {});
  process.on("message", (folder) => {
    if (typeof folder !== "string" || served.has(folder)) return;
    const run = serve(folder);
    if (run) served.set(folder, run);
  });
  let isAlone = false;
  process.on("disconnect", () => {
    isAlone = true;
  });
  setInterval(() => {
    for (const [folder, run] of served) {
      if (isNeeded(folder, run.since)) continue;
      run.stop();
      served.delete(folder);
    }
    if (isAlone && served.size === 0) process.exit(0);
  }, 1_000);
}

/** Undefined where the run's folder is gone already. */
function serve(folder: string): ServedRun | undefined {
  const run = runDirectory(folder);
  if (!existsSync(run.job)) return undefined;
  const { egress }: SupervisorJob = JSON.parse(readFileSync(run.job, "utf8"));
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on("connect", (request, client) => void connectOutside(egress, request, client));
  // without it the apply goes outside through the runner
  server.on("error", () => {});
  rmSync(run.egress, { force: true });
  server.listen(run.egress);
  return { since: performance.now(), stop: () => server.close() };
}

function isNeeded(folder: string, since: number): boolean {
  const { supervisor } = runDirectory(folder);
  try {
    const identity: ProcessIdentity = JSON.parse(readFileSync(supervisor, "utf8"));
    return isAlive(identity);
  } catch {
    return performance.now() - since < startsWithin;
  }
}

main();
