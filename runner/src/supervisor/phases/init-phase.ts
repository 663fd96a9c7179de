import { posix } from "node:path";
import { problem } from "@plumbline/contract/errors";
import { backendMistake } from "@plumbline/engine/terraform/backend-record";
import { initArguments } from "@plumbline/engine/terraform/commands";
import { initFailure } from "@plumbline/engine/terraform/init-failure";
import { lockFileName, LockFileError, type LockedProvider, readLockFile } from "@plumbline/engine/terraform/lock-file";
import { demandSuccess, noSecrets, runEngine } from "./engine-step.ts";
import { phase } from "./phase.ts";
import type { RunContext } from "../run-context.ts";
import { keepPrepared, restorePrepared } from "../tree/prepared.ts";
import { readInside } from "../tree/read-inside.ts";
import type { Unpacked } from "../tree/tree.ts";

const largestRecord = 1_000_000;

/**
 * Makes the engine's data folder: providers from the mirrors, modules, our backend; by the engine, or as it left it when it
 * did the same before. @returns the locked providers.
 */
export function initPhase(context: RunContext, unpacked: Unpacked): Promise<LockedProvider[]> {
  return phase(context, "init", async () => {
    const { config, run } = context;
    const lockPath = posix.join(config.job.directory, lockFileName);
    const locked = lockedProviders(unpacked, lockPath);
    const isPrepared = restorePrepared(config, run, locked);
    if (!isPrepared) await initialize(context, lockPath);
    const record = readInside(run.data, "terraform.tfstate", largestRecord);
    const mistake = record ? backendMistake(record.toString("utf8")) : "the engine recorded no backend";
    if (mistake !== undefined)
      throw problem(
        "configuration_wrong",
        `State is kept by Plumbline, but ${mistake}. Remove backend and cloud blocks from files named override.tf or *_override.tf.`,
      );
    if (!isPrepared) keepPrepared(config, run, locked);
    const providers = `${locked.length} ${locked.length === 1 ? "provider" : "providers"}`;
    return { line: isPrepared ? `${providers} as initialized before` : `${providers} verified`, value: locked };
  });
}

async function initialize(context: RunContext, lockPath: string): Promise<void> {
  const { name, version } = context.config.engine;
  const args = initArguments({ engine: name, version });
  const ended = await runEngine(context, { step: "init", phase: "init", args, secrets: noSecrets, readOutput: true });
  if (ended.end.exitCode !== 0 && ended.end.stopped === undefined) {
    const failure = initFailure(ended.output.events(), lockPath);
    if (failure?.file === lockPath)
      throw problem("engine_failed", failure.detail, { places: [{ file: lockPath, line: failure.line ?? 1 }] });
  }
  demandSuccess(context, { step: "init", phase: "init" }, ended);
}

function lockedProviders(unpacked: Unpacked, lockPath: string): LockedProvider[] {
  if (unpacked.lockFile === undefined) return [];
  try {
    return readLockFile(unpacked.lockFile);
  } catch (error) {
    if (!(error instanceof LockFileError)) throw error;
    throw problem("configuration_wrong", error.message, { places: [{ file: lockPath, line: error.line }] });
  }
}
