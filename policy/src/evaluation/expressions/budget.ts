import { LimitReached } from "../values/value.ts";

/** Expressions evaluated for one directory, and nested in each other. */
const mostSteps = 20_000_000;
const deepest = 600;

/** Counts what an evaluation does, so that no input can make it run on. */
export class Budget {
  #steps = 0;
  #depth = 0;

  /** Runs one step; throws `LimitReached` beyond the limits. */
  step<T>(act: () => T): T {
    this.#steps += 1;
    if (this.#steps > mostSteps) throw new LimitReached("evaluating takes too many steps");
    if (this.#depth >= deepest) throw new LimitReached("values refer to each other too deeply");
    this.#depth += 1;
    try {
      return act();
    } finally {
      this.#depth -= 1;
    }
  }
}
