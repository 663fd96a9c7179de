import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connectOutside } from "../runs/connect-outside.ts";
import { createServer } from "../supervisor/http.ts";
import { identify, isAlive, type ProcessIdentity } from "../supervisor/process-tree.ts";
import { runDirectory } from "../supervisor/run-directory.ts";
import type { SupervisorJob } from "../supervisor/supervisor-job.ts";

/**
 * Connects one apply outside: `node egress/main.ts <run folder>`. An apply must not lose the cloud in the middle of a
 * call because its runner is stopped or killed, and its supervisor lives in a network namespace with nothing in it, so
 * this process stands beside it and ends with it.
 */
async function main(folder: string): Promise<void> {
  const run = runDirectory(folder);
  const { egress }: SupervisorJob = JSON.parse(readFileSync(run.job, "utf8"));
  process.on("SIGHUP", () => {});
  writeFileSync(run.egressKeeper, JSON.stringify(identify(process.pid)), { mode: 0o600 });
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on("connect", (request, client) => void connectOutside(egress, request, client));
  rmSync(run.egress, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(run.egress, resolve);
  });
  const started = performance.now();
  setInterval(() => {
    const supervisor = readSupervisor(run.supervisor);
    const isStarting = supervisor === undefined && performance.now() - started < 30_000 && existsSync(run.job);
    if (!isStarting && (supervisor === undefined || !isAlive(supervisor))) process.exit(0);
  }, 1_000);
}

function readSupervisor(file: string): ProcessIdentity | undefined {
  try {
    const identity: ProcessIdentity = JSON.parse(readFileSync(file, "utf8"));
    return identity;
  } catch {
    return undefined;
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: egress/main.ts <run folder>");
  process.exit(2);
}
await main(folder);
