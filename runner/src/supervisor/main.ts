import { readFileSync, writeFileSync } from "node:fs";
import { startGateway } from "./gateway/gateway.ts";
import { openJournal } from "./journal.ts";
import { identify } from "./process-tree.ts";
import { doRun } from "./run.ts";
import { runDirectory } from "./run-directory.ts";
import { runnerLink } from "./runner-link.ts";
import { watchRunner } from "./runner-presence.ts";
import { writeResult } from "./run-result.ts";
import { stateSpool } from "./gateway/state-spool.ts";
import type { SupervisorJob } from "./supervisor-job.ts";

/**
 * The supervisor of one run: `node supervisor.cjs <run folder>` (bundled from here), started in the network namespace of that run. It
 * depends on nobody: the runner and the server may go away and come back while it works. SIGTERM asks it to cancel.
 *
 * It always ends: once it applies, when the engine has; before that also when no runner comes for several leases, or
 * when its folder was deleted. What it could not deliver lies in its folder for the next runner.
 */
async function main(folder: string): Promise<void> {
  const run = runDirectory(folder);
  const cancel = new AbortController();
  process.on("SIGTERM", () => cancel.abort());
  process.on("SIGINT", () => cancel.abort());
  process.on("SIGHUP", () => {});
  writeFileSync(run.supervisor, JSON.stringify(identify(process.pid)), { mode: 0o600 });
  const config: SupervisorJob = JSON.parse(readFileSync(run.job, "utf8"));
  const journal = openJournal(run.journal);
  const gateway = await startGateway(config.sandbox.kind === "bubblewrap");
  const spool = stateSpool(run.states);
  const link = runnerLink(run.socket, config.job.kind === "apply" ? run.egress : undefined);
  let abandoned = false;
  const presence = watchRunner(run, config.job.leaseSeconds, {
    abandoned() {
      abandoned = true;
      cancel.abort();
    },
    // steps before the apply die with this process
    deleted: () => process.exit(0),
  });
  const context = { config, run, journal, link, gateway, spool, presence, masked: [], cancel: cancel.signal };
  const report = await doRun(context);
  presence.stop();
  gateway.stop();
  journal.sync();
  journal.close();
  writeResult(run, abandoned && report.outcome === "canceled" ? { outcome: "abandoned" } : report);
  // connections kept alive to the runner must not keep a finished supervisor
  process.exit(0);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: supervisor <run folder>");
  process.exit(2);
}
void main(folder);
