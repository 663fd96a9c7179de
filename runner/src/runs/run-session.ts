import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FinishReport, Job } from "@plumbline/contract/jobs";
import { type RunKey, type ServerClient, ServerRefused } from "../jobs/server-client.ts";
import { log } from "../log.ts";
import { leftoverState } from "../supervisor/leftovers.ts";
import type { RunDirectory } from "../supervisor/run-directory.ts";
import type { SupervisorJob } from "../supervisor/supervisor-job.ts";
import { forwardJournal, type JournalForwarder } from "./forward-journal.ts";
import { startLinkServer } from "./link-server.ts";
import { salvageRun } from "./salvage.ts";
import type { SupervisorProcess } from "./supervisor-process.ts";

/** A run that this runner looks after. */
export interface RunSession {
  key: RunKey;
  kind: Job["kind"];
  leaseSeconds: number;
  /** Resolves when all is reported and cleaned up, or when it was left to a later runner. */
  done: Promise<void>;
  cancel(): void;
  /** The server gave the run to somebody else, or up. */
  leaseLost(): void;
  /** Whether its lease is to be renewed. */
  isHeld(): boolean;
  /** Stops reporting; the supervisor goes on and a later runner takes over. */
  leave(): void;
}

/** What a session needs of the runner. */
export interface SessionHost {
  server: ServerClient;
  /** Where a state is put that the server would not take. */
  leftovers: string;
}

/** Serves a run's supervisor and reports what it does, to the end. */
export async function startSession(
  host: SessionHost,
  config: SupervisorJob,
  run: RunDirectory,
  supervise: () => SupervisorProcess,
): Promise<RunSession> {
  const { runId, epoch, kind, leaseSeconds, directory } = config.job;
  const key = { runId, epoch };
  const link = await startLinkServer(run.socket, key, host.server, config.egress);
  let held = true;
  let left = false;
  const supervisor = supervise();
  const cancel = () => supervisor.cancel();
  const leaseLost = () => {
    if (held) log("warn", "the lease of a run is lost; it is asked to stop", { run: runId });
    held = false;
    cancel();
  };
  const forwarder: JournalForwarder = forwardJournal(run.root, run.journal, key, host.server, { cancel, leaseLost });

  const work = async () => {
    await supervisor.ended;
    if (left) return;
    const report = readResult(run) ?? (await salvageRun(run, directory));
    const taken = await forwarder.drain();
    if (left) return;
    if (report && taken) await finish(host.server, key, report, () => left);
    if (left) return;
    held = false;
    link.close();
    cleanUp(host, run, directory, key);
  };
  const done = work().catch((error: unknown) => {
    held = false;
    log("error", "a run could not be looked after", { run: runId, error: String(error) });
  });
  return {
    key,
    kind,
    leaseSeconds,
    done,
    cancel,
    leaseLost,
    isHeld: () => held,
    leave() {
      left = true;
      forwarder.abandon();
      link.close();
    },
  };
}

function readResult(run: RunDirectory): FinishReport | undefined {
  if (!existsSync(run.result)) return undefined;
  const report: FinishReport = JSON.parse(readFileSync(run.result, "utf8"));
  return report;
}

/** Repeats until the server has the report or refuses it for good. */
async function finish(server: ServerClient, key: RunKey, report: FinishReport, isLeft: () => boolean): Promise<void> {
  for (let pause = 100; !isLeft(); pause = Math.min(pause * 2, 5_000)) {
    try {
      await server.finish(key, report);
      return;
    } catch (error) {
      if (error instanceof ServerRefused && error.status < 500 && error.status !== 408 && error.status !== 429) {
        log("warn", "the server does not take the end of a run", { run: key.runId, error: error.message });
        return;
      }
      await sleep(pause);
    }
  }
}

function cleanUp(host: SessionHost, run: RunDirectory, directory: string, key: RunKey): void {
  if (leftoverState(run, directory)) {
    mkdirSync(host.leftovers, { recursive: true, mode: 0o700 });
    const kept = join(host.leftovers, `${key.runId}-${key.epoch}`);
    renameSync(run.root, kept);
    log("error", "a state could not be given to the server; it is kept", { run: key.runId, folder: kept });
    return;
  }
  rmSync(run.root, { recursive: true, force: true });
}
