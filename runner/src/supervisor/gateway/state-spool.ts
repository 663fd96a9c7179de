import { closeSync, fsyncSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Keeps states on disk until the server has them. */
export interface StateSpool {
  /** Writes a state and returns its file, once it would survive a loss of power. */
  keep(state: Buffer): string;
  /** The server has stored it, and with it all before it. */
  acknowledged(file: string): void;
}

/** Opens the spool in a folder of the run. */
export function stateSpool(folder: string): StateSpool {
  let number = waitingStates(folder).length;
  return {
    keep(state) {
      number += 1;
      const file = join(folder, `${String(number).padStart(6, "0")}.tfstate`);
      const descriptor = openSync(file, "wx", 0o600);
      let written = 0;
      while (written < state.length) written += writeSync(descriptor, state, written);
      fsyncSync(descriptor);
      closeSync(descriptor);
      syncFolder(folder);
      return file;
    },
    acknowledged(file) {
      for (const each of waitingStates(folder)) if (each <= file) rmSync(each);
    },
  };
}

/** States that the server has not acknowledged, oldest first. */
export function waitingStates(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".tfstate"))
    .toSorted()
    .map((name) => join(folder, name));
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
