import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { FinishReport } from "@plumbline/contract/jobs";
import { startGateway } from "./gateway.ts";
import { openJournal } from "./journal.ts";
import { identify } from "./process-tree.ts";
import { doRun } from "./run.ts";
import { runDirectory, type RunDirectory } from "./run-directory.ts";
import { runnerLink } from "./runner-link.ts";
import { stateSpool } from "./state-spool.ts";
import type { SupervisorJob } from "./supervisor-job.ts";

/**
 * The supervisor of one run: `node supervisor/main.ts <run folder>`, started in the network namespace of that run. It
 * depends on nobody: the runner and the server may go away and come back while it works. SIGTERM asks it to cancel.
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
  const gateway = await startGateway();
  const spool = stateSpool(run.states);
  const link = runnerLink(run.socket);
  const report = await doRun({ config, run, journal, link, gateway, spool, masked: [], cancel: cancel.signal });
  gateway.stop();
  journal.sync();
  journal.close();
  writeResult(run, report);
}

function writeResult(run: RunDirectory, report: FinishReport): void {
  const unfinished = `${run.result}.new`;
  writeFileSync(unfinished, JSON.stringify(report), { mode: 0o600, flush: true });
  renameSync(unfinished, run.result);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: supervisor <run folder>");
  process.exit(2);
}
await main(folder);
// connections kept alive to the runner must not keep a finished supervisor
process.exit(0);
