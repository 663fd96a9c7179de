import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real runner process for tests. */
export interface TestRunner {
  folder: string;
  process: ChildProcess;
  log(): string;
  ready: Promise<void>;
  ended: Promise<number | null>;
}

/** A short temporary folder: unix sockets stand below it. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "pl-"));
}

/** Starts `main.ts` with a configuration; `folder` is used again to see a restart. */
export function startRunner(folder: string, config: Record<string, unknown>): TestRunner {
  const file = join(folder, "runner.yaml");
  writeFileSync(file, JSON.stringify({ token: "runner-token", dataDirectory: join(folder, "d"), ...config }));
  const child = spawn(process.execPath, [join(import.meta.dirname, "..", "main.ts"), file], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"] ?? "" },
  });
  let text = "";
  const ready = new Promise<void>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("runner ready")) resolve();
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("exit", () => reject(new Error(`the runner ended: ${text}`)));
  });
  ready.catch(() => {});
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  return { folder, process: child, log: () => text, ready, ended };
}

/** Waits until a condition holds. Throws with `message` after `seconds`. */
export async function until(condition: () => boolean, message: () => string, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`did not happen within ${seconds} s: ${message()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Removes a folder of a test. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
