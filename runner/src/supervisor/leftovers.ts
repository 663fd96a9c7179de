import { readFileSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { join, posix } from "node:path";
import { readInside } from "./read-inside.ts";
import type { RunDirectory } from "./run-directory.ts";
import { RefusedError, type RunnerLink } from "./runner-link.ts";
import { waitingStates } from "./state-spool.ts";

const largestState = 512 * 1024 * 1024;
const erroredState = "errored.tfstate";

/** The newest state of a run that the server has not stored: what the engine could not write, or what still waits here. */
export function leftoverState(run: RunDirectory, directory: string): { bytes: Buffer; origin: string } | undefined {
  const errored = readInside(run.copy, posix.join(directory, erroredState), largestState);
  if (errored && errored.length > 0) return { bytes: errored, origin: erroredState };
  const waiting = waitingStates(run.states).at(-1);
  return waiting ? { bytes: readFileSync(waiting), origin: "a state that the server had not acknowledged" } : undefined;
}

/**
 * Sends a leftover state to the server, waits until it has it, and forgets it; one that the server refuses is kept.
 * @returns a line for the log, or undefined when nothing was left over.
 */
export async function rescueState(run: RunDirectory, directory: string, link: RunnerLink): Promise<string | undefined> {
  const leftover = leftoverState(run, directory);
  if (!leftover) return undefined;
  const { bytes, origin } = leftover;
  const headers = {
    "content-type": "application/json",
    "content-md5": createHash("md5").update(bytes).digest("base64"),
  };
  try {
    await link.demand({ method: "PUT", path: "/errored-state", headers, body: bytes });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return `The engine could not store its state, and the server refused it: ${error.message}. It is kept on the runner's machine (${origin}).`;
  }
  rmSync(join(run.copy, directory, erroredState), { force: true });
  for (const file of waitingStates(run.states)) rmSync(file);
  return `The engine could not store its state; it was rescued from ${origin} (${bytes.length} bytes).`;
}
