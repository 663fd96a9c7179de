import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FinishReport, Job } from "@plumbline/contract/jobs";
import { type RunKey, type ServerClient, ServerRefused } from "../jobs/server-client.ts";
import { log } from "../log.ts";
import { leftoverState } from "../supervisor/leftovers.ts";
import type { RunDirectory } from "../supervisor/run-directory.ts";
import { readResult } from "../supervisor/run-result.ts";
import type { SupervisorJob } from "../supervisor/supervisor-job.ts";
import type { EgressKeeper } from "./egress-keeper.ts";
import { forwardJournal, type JournalForwarder } from "./forward-journal.ts";
import { startLinkServer } from "./link-server.ts";
import { removeRunFolder } from "./remove-run-folder.ts";
import { deliverState, hasBegunApply, hasBegunChanges, salvageRun } from "./salvage.ts";
import type { SupervisorProcess } from "./supervisor-process.ts";

/** A run that this runner looks after. */
export interface RunSession {
  key: RunKey;
  kind: Job["kind"];
  leaseSeconds: number;
  /** Resolves when its supervisor has ended: what is left to do is reporting. */
  worked: Promise<void>;
  /** Resolves when all is reported and cleaned up, or when it was left to a later runner. */
  done: Promise<void>;
  cancel(): void;
  /** The server gave the run to somebody else, or up. */
  leaseLost(): void;
  /** Whether its lease is to be renewed. */
  isHeld(): boolean;
  /** Whether the engine may have changed something: then nobody but somebody who cancels the run stops it. */
  isApplying(): boolean;
  /** Whether it applies and its engine changes nothing yet: then it may still need the server, for lock and state. */
  isBeginning(): boolean;
  /**
   * Ends a run that is not applying, because this runner stops: nothing is reported, the server gives it out again when
   * its lease is over. Resolves when its supervisor has ended.
   */
  giveUp(): Promise<void>;
  /** Stops reporting; the supervisor goes on and a later runner takes over. */
  leave(): void;
}

/** What a session needs of the runner. */
export interface SessionHost {
  server: ServerClient;
  egressKeeper: EgressKeeper;
  /** Where a state is put that the server would not take. */
  leftovers: string;
}

/** Milliseconds that a run which is given up has for its graceful end. */
const giveUpGrace = 10_000;

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
  let givenUp = false;
  const supervisor = supervise();
  let isWorking = true;
  const worked = supervisor.ended.then(() => void (isWorking = false));
  const cancel = () => supervisor.cancel();
  const leaseLost = () => {
    if (held) log("warn", "the lease of a run is lost; it is asked to stop", { run: runId });
    held = false;
    cancel();
  };
  const forwarder: JournalForwarder = forwardJournal(run.root, run.journal, key, host.server, { cancel, leaseLost });

  // what is not discarded is reported, for which nobody who gives it up waits
  const kept = Promise.withResolvers<void>();
  const work = async () => {
    await supervisor.ended;
    if (left) return;
    const result = readResult(run) ?? (await salvageRun(run, directory));
    const isStopped =
      givenUp && (result?.outcome === "canceled" || result?.outcome === "failed") && !hasBegunApply(run);
    if (isStopped || result?.outcome === "abandoned") return discard();
    kept.resolve();
    const report = result && kind === "apply" ? await deliverState(run, directory, result) : result;
    const taken = await forwarder.drain();
    if (left) return;
    if (report && taken) await finish(host.server, key, report, () => left);
    if (left) return;
    held = false;
    link.close();
    await cleanUp(host, run, directory, key);
  };
  const discard = async () => {
    held = false;
    forwarder.abandon();
    link.close();
    await removeRunFolder(run.root);
  };
  const done = work()
    .catch((error: unknown) => {
      held = false;
      log("error", "a run could not be looked after", { run: runId, error: String(error) });
    })
    .finally(() => host.egressKeeper.forget(run.root));
  return {
    key,
    kind,
    leaseSeconds,
    worked,
    done,
    cancel,
    leaseLost,
    isHeld: () => held,
    isApplying: () => kind === "apply" && hasBegunApply(run),
    isBeginning: () => kind === "apply" && isWorking && !hasBegunChanges(run),
    async giveUp() {
      givenUp = true;
      cancel();
      const insist = setTimeout(() => supervisor.kill(), giveUpGrace);
      await supervisor.ended;
      clearTimeout(insist);
      await Promise.race([kept.promise, done]);
    },
    leave() {
      left = true;
      forwarder.abandon();
      link.close();
    },
  };
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

async function cleanUp(host: SessionHost, run: RunDirectory, directory: string, key: RunKey): Promise<void> {
  if (leftoverState(run, directory)) {
    mkdirSync(host.leftovers, { recursive: true, mode: 0o700 });
    const kept = join(host.leftovers, `${key.runId}-${key.epoch}`);
    renameSync(run.root, kept);
    log("error", "a state could not be given to the server; it is kept", { run: key.runId, folder: kept });
    return;
  }
  await removeRunFolder(run.root);
}
