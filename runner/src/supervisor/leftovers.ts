import { readFileSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { join, posix } from "node:path";
import { readInside } from "./tree/read-inside.ts";
import type { RunDirectory } from "./run-directory.ts";
import { RefusedError, type RunnerLink } from "./runner-link.ts";
import { RunnerAwayError } from "./runner-presence.ts";
import { waitingStates } from "./gateway/state-spool.ts";

const largestState = 512 * 1024 * 1024;
const erroredState = "errored.tfstate";

/** The newest state of a run that the server has not stored: what the engine could not write, or what still waits here. */
export function leftoverState(run: RunDirectory, directory: string): { bytes: Buffer; origin: string } | undefined {
  const errored = readInside(run.copy, posix.join(directory, erroredState), largestState);
  if (errored && errored.length > 0) return { bytes: errored, origin: erroredState };
  const waiting = waitingStates(run.states).at(-1);
  return waiting ? { bytes: readFileSync(waiting), origin: "a state that the server had not acknowledged" } : undefined;
}

/** What became of a state that was left over. */
export interface Rescue {
  /** Whether the server has it. */
  stored: boolean;
  /** For the log. */
  line: string;
}

/**
 * Sends a leftover state to the server, waits until it has it, and forgets it; one that the server refuses is kept, and
 * so is one for which there is no way to the server before `away` is aborted: the next runner sends it.
 * @returns undefined when nothing was left over.
 */
export async function rescueState(
  run: RunDirectory,
  directory: string,
  link: RunnerLink,
  away?: AbortSignal,
): Promise<Rescue | undefined> {
  const leftover = leftoverState(run, directory);
  if (!leftover) return undefined;
  const { bytes, origin } = leftover;
  const headers = {
    "content-type": "application/json",
    "content-md5": createHash("md5").update(bytes).digest("base64"),
  };
  try {
    await link.demand({ method: "PUT", path: "/errored-state", headers, body: bytes }, away);
  } catch (error) {
    const kept = `It is kept on the runner's machine (${origin}).`;
    if (error instanceof RunnerAwayError)
      return { stored: false, line: `No runner was there to take the state (${bytes.length} bytes). ${kept}` };
    if (!(error instanceof RefusedError)) throw error;
    return {
      stored: false,
      line: `The engine could not store its state, and the server refused it: ${error.message}. ${kept}`,
    };
  }
  rmSync(join(run.copy, directory, erroredState), { force: true });
  for (const file of waitingStates(run.states)) rmSync(file);
  return {
    stored: true,
    line: `The engine could not store its state; it was rescued from ${origin} (${bytes.length} bytes).`,
  };
}
