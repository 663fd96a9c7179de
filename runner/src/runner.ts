import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "@plumbline/contract/errors";
import type { Job } from "@plumbline/contract/jobs";
import { scannersFor } from "./check-tools.ts";
import type { CheckTools } from "./check-tools.ts";
import type { ServerClient } from "./jobs/server-client.ts";
import { asRefusal } from "./introduce.ts";
import type { toolFetcher } from "./fetch-tools.ts";
import { beat } from "./heartbeat.ts";
import { log } from "./log.ts";
import { once } from "./once.ts";
import { policyOfJob } from "./policy-of-job.ts";
import { egressKeeper } from "./runs/egress-keeper.ts";
import { removeRunFolder } from "./runs/remove-run-folder.ts";
import { type RunSession, type SessionHost, startSession } from "./runs/run-session.ts";
import { adoptSupervisor, ownEnvironment, readIdentity, startSupervisor } from "./runs/supervisor-process.ts";
import { isAlive } from "./supervisor/process-tree.ts";
import { makeRunDirectories, runDirectory } from "./supervisor/run-directory.ts";
import type { SupervisorJob } from "./supervisor/supervisor-job.ts";
import type { Toolbox } from "./toolbox.ts";

/** What a runner works with. */
export interface RunnerParts {
  server: ServerClient;
  tools: Toolbox;
  /** Fetches accepted engines that this machine lacks; undefined where nothing is fetched. */
  fetchTools: ReturnType<typeof toolFetcher> | undefined;
  capacity: number;
  dataDirectory: string;
  version: string;
  /** Seconds for which a runner that is stopped waits for runs that do not apply. */
  stopSeconds: number;
  /** Seconds for which it waits for applies, too. */
  applyStopSeconds: number;
  /** What this machine offers to every run. */
  machine: Omit<SupervisorJob, "job" | "engine" | "policy" | "scanners">;
  checkTools: CheckTools;
}

const waitSeconds = 25;
const beginSeconds = 20;

/**
 * Claims jobs and looks after their runs until `stop` is aborted: then plans are waited for a while and given up, applies
 * are left to their supervisors and to the next runner. Runs that an earlier runner left are taken over first.
 */
export async function runRunner(parts: RunnerParts, stop: AbortSignal): Promise<void> {
  const host = sessionHost(parts);
  const sessions = new Map<string, RunSession>();
  // one that has done its work takes no place from the next while it reports
  const working = new Set<RunSession>();
  const changed = new EventTarget();
  const follow = (session: RunSession) => {
    const name = `${session.key.runId}-${session.key.epoch}`;
    sessions.set(name, session);
    working.add(session);
    changed.dispatchEvent(new Event("began"));
    void session.worked.then(() => {
      working.delete(session);
      changed.dispatchEvent(new Event("free"));
    });
    void session.done.then(() => sessions.delete(name));
  };
  const runs = join(parts.dataDirectory, "runs");
  mkdirSync(runs, { recursive: true, mode: 0o700 });
  for (const session of await adoptRuns(host, runs)) follow(session);

  const heart = new AbortController();
  const beating = beat(parts, sessions, changed, heart.signal);
  while (!stop.aborted) {
    const free = parts.capacity - working.size;
    if (free <= 0) {
      await once(changed, "free", stop);
      continue;
    }
    const job = await claim(parts, free, () => sessions.size === 0, stop);
    if (job) await startJob(parts, host, runs, job).then(follow, (error: unknown) => refuse(parts, job, error));
  }
  await endOthers(sessions, parts.stopSeconds);
  await waitForBeginnings(sessions);
  await waitForAll(sessions, parts.applyStopSeconds);
  heart.abort();
  await beating;
  if (sessions.size > 0) log("info", "applies go on; the next runner reports them", { runs: sessions.size });
  for (const session of sessions.values()) session.leave();
}

/** Waits for what does not apply, and gives up what is not done in time. */
async function endOthers(sessions: ReadonlyMap<string, RunSession>, seconds: number): Promise<void> {
  const others = () => [...sessions.values()].filter((session) => !session.isApplying());
  if (others().length > 0) log("info", "stopping", { waitingFor: others().length, seconds });
  for (const until = Date.now() + seconds * 1_000; others().length > 0 && Date.now() < until;) await sleep(200);
  const late = others();
  if (late.length > 0) log("warn", "given up; the server gives them out again", { runs: late.length });
  await Promise.all(late.map((session) => session.giveUp()));
}

/** Waits a while for engines that have just been started: without the server they could not lock the state, and fail. */
async function waitForBeginnings(sessions: ReadonlyMap<string, RunSession>): Promise<void> {
  const beginning = () => [...sessions.values()].some((session) => session.isBeginning());
  for (const until = Date.now() + beginSeconds * 1_000; beginning() && Date.now() < until;) await sleep(100);
}

/** Waits for applies, where the machine ends with the runner. */
async function waitForAll(sessions: ReadonlyMap<string, RunSession>, seconds: number): Promise<void> {
  if (sessions.size > 0 && seconds > 0) log("info", "waiting for applies", { runs: sessions.size, seconds });
  for (const until = Date.now() + seconds * 1_000; sessions.size > 0 && Date.now() < until;) await sleep(200);
}

/** A job; undefined where there is none yet. Throws where the server refuses this runner and nothing is under way. */
async function claim(
  parts: RunnerParts,
  free: number,
  isIdle: () => boolean,
  stop: AbortSignal,
): Promise<Job | undefined> {
  try {
    const engines = await parts.tools.offered();
    const limit = AbortSignal.any([stop, AbortSignal.timeout((waitSeconds + 30) * 1000)]);
    return await parts.server.claim(
      { free, capacity: parts.capacity, waitSeconds, version: parts.version, engines },
      limit,
    );
  } catch (error) {
    if (stop.aborted) return undefined;
    const refusal = asRefusal(error);
    if (refusal && isIdle()) throw refusal;
    log("warn", "no job could be claimed", { error: error instanceof Error ? error.message : String(error) });
    await sleep(1_000 + Math.random() * 1_000, undefined, { signal: stop }).catch(() => {});
    return undefined;
  }
}

async function startJob(parts: RunnerParts, host: SessionHost, runs: string, job: Job): Promise<RunSession> {
  const { binary } = job.engine;
  const engine = binary === null ? parts.tools.any() : await parts.tools.take(binary.sha256);
  const { name, path, version, sha256 } = engine;
  const policy = policyOfJob(job.check);
  const scanners = await scannersFor(parts.checkTools, { job, policy });
  const config: SupervisorJob = { ...parts.machine, job, engine: { name, path, version, sha256 }, policy, scanners };
  const run = runDirectory(join(runs, `${job.runId}-${job.epoch}`));
  // an answer to a claim that got lost: the server gave the same lease again
  if (existsSync(run.root)) throw new Error("this run is already here");
  makeRunDirectories(run);
  writeFileSync(run.job, JSON.stringify(config), { mode: 0o600, flush: true });
  log("info", "run started", { run: job.runId, number: job.runNumber, kind: job.kind, workspace: job.workspace.name });
  return startSession(host, config, run, () => {
    if (job.kind === "apply") host.egressKeeper.serve(run.root);
    return startSupervisor(config, run);
  });
}

/** A job that this machine cannot do ends at once, with the reason. */
async function refuse(parts: RunnerParts, job: Job, error: unknown): Promise<void> {
  const code = error instanceof Problem ? error.code : "run_failed";
  const detail = error instanceof Error ? error.message : String(error);
  log("error", "a run could not be started", { run: job.runId, error: detail });
  await parts.server.finish(job, { outcome: "failed", error: { code, detail } }).catch((failure: unknown) => {
    log("warn", "the server does not take the end of a run", { run: job.runId, error: String(failure) });
  });
}

async function adoptRuns(host: SessionHost, runs: string): Promise<RunSession[]> {
  const sessions: RunSession[] = [];
  for (const name of readdirSync(runs)) {
    const run = runDirectory(join(runs, name));
    const config = readConfig(run.job);
    if (!config) {
      // it was never started: the job is written before
      await removeRunFolder(run.root);
      continue;
    }
    log("info", "run taken over", { run: config.job.runId, kind: config.job.kind });
    const { kind } = config.job;
    const supervise = () => {
      const supervisor = readIdentity(run.supervisor);
      if (kind === "apply" && supervisor && isAlive(supervisor)) host.egressKeeper.serve(run.root);
      return adoptSupervisor(run);
    };
    sessions.push(await startSession(host, config, run, supervise));
  }
  return sessions;
}

function readConfig(file: string): SupervisorJob | undefined {
  try {
    const config: SupervisorJob = JSON.parse(readFileSync(file, "utf8"));
    return config;
  } catch {
    return undefined;
  }
}

function sessionHost({ server, dataDirectory, machine }: RunnerParts): SessionHost {
  const keeper = { node: machine.node, program: machine.programs.egressKeeper, environment: ownEnvironment(machine) };
  return { server, egressKeeper: egressKeeper(keeper), leftovers: join(dataDirectory, "leftovers") };
}
