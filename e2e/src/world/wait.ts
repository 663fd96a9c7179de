import { setTimeout as sleep } from "node:timers/promises";

/**
 * Looks again and again until something is there: `look` answers it, or undefined while it is not. After `seconds` it
 * throws, saying what was waited for and what `state` tells.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  options: { seconds?: number; state?: () => Promise<string> } = {},
): Promise<T> {
  const seconds = options.seconds ?? 180;
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > deadline) {
      const state = options.state === undefined ? "" : `\n${await options.state()}`;
      throw new Error(`waited ${seconds} s for: ${what}${state}`);
    }
    await sleep(150);
  }
}
