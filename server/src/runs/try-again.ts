import { setTimeout as sleep } from "node:timers/promises";

/** SQLSTATE of a transaction that PostgreSQL ended so that another one could go on: deadlock, serialization. */
const passing = new Set(["40P01", "40001"]);

const attempts = 4;

/**
 * Does work again whose transaction lost against another one; nothing of it was stored. Only for what may be done
 * twice, as all that runners report may.
 */
export async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !isPassing(error)) throw error;
      await sleep(Math.random() * 50 * attempt);
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && passing.has(error.code);
}
