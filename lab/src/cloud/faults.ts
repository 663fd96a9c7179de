import { setTimeout as delay } from "node:timers/promises";
import { CloudError } from "./cloud-error.ts";

/**
 * A fault that somebody asked for, to see what happens when a cloud fails half-way or is slow.
 * Left-out filters match every call.
 */
export type Fault = {
  account?: string;
  kind?: string;
  method?: string;
  /** Name of the resource that is created, changed, read or deleted. */
  name?: string;
  /** How many calls it still touches. */
  calls: number;
  /** Answer with this status; left out, the call is only delayed. */
  status?: number;
  delay_ms?: number;
  /** `before` the call has any effect, or `after`: the effect happens and the caller is told that it failed. */
  when: "before" | "after";
};

export type Call = { account: string; kind: string; method: string; name: string | undefined };

/** The faults of one running cloud; they are forgotten when it stops. */
export class Faults {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }

  /**
   * Runs a call through the first fault that matches it.
   * @throws CloudError with the fault's status
   */
  async around<T>(call: Call, act: () => Promise<T>): Promise<T> {
    const fault = this.#take(call);
    if (!fault) return act();
    if (fault.delay_ms !== undefined) await delay(fault.delay_ms);
    if (fault.status !== undefined && fault.when === "before") throw injected(fault.status);
    const result = await act();
    if (fault.status !== undefined && fault.when === "after") throw injected(fault.status);
    return result;
  }

  #take(call: Call): Fault | undefined {
    const fault = this.#faults.find(
      (candidate) =>
        (candidate.account ?? call.account) === call.account &&
        (candidate.kind ?? call.kind) === call.kind &&
        (candidate.method ?? call.method) === call.method &&
        (candidate.name ?? call.name) === call.name,
    );
    if (!fault) return undefined;
    fault.calls -= 1;
    if (fault.calls <= 0) this.#faults = this.#faults.filter((other) => other !== fault);
    return fault;
  }
}

function injected(status: number): CloudError {
  return new CloudError(status, "injected_fault", `The lab cloud was asked to fail this call with status ${status}.`);
}

/**
 * Reads a fault from a request's JSON.
 * @throws CloudError 422 naming the first wrong member
 */
export function parseFault(body: { readonly [name: string]: unknown }): Fault {
  const fault: Fault = { calls: 1, when: "before" };
  for (const name of ["account", "kind", "method", "name"] as const) {
    const value = body[name];
    if (value === undefined) continue;
    if (typeof value !== "string") throw wrong(name, "must be a text");
    fault[name] = value;
  }
  for (const [name, low, high] of [
    ["calls", 1, 1_000_000],
    ["status", 400, 599],
    ["delay_ms", 0, 600_000],
  ] as const) {
    const value = body[name];
    if (value === undefined) continue;
    if (typeof value !== "number" || !Number.isInteger(value) || value < low || value > high)
      throw wrong(name, `must be a whole number from ${low} to ${high}`);
    fault[name] = value;
  }
  const when = body["when"] ?? "before";
  if (when !== "before" && when !== "after") throw wrong("when", 'must be "before" or "after"');
  return { ...fault, when };
}

function wrong(name: string, message: string): CloudError {
  return new CloudError(422, "wrong_fault", `The fault's ${name} ${message}.`, [{ path: [name], message }]);
}
