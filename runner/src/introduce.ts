import { problem } from "@plumbline/contract/errors";
import type { Problem } from "@plumbline/contract/errors";
import { describeSkew, worstSkew } from "./jobs/clock-skew.ts";
import { type ServerClient, ServerRefused } from "./jobs/server-client.ts";
import { log } from "./log.ts";

/**
 * Shows the runner to the server before it begins. Throws `runner_refused` where the server does not know its token and
 * `clock_wrong` where this machine's clock is far off. A server that is away is no reason to stop: claiming goes on
 * trying.
 */
export async function introduce(server: ServerClient, capacity: number): Promise<void> {
  try {
    await server.heartbeat({ capacity, runs: [] });
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal) throw refusal;
    log("warn", "the server does not answer; it is tried again", { error: String(error) });
    return;
  }
  const skew = server.clockSkew();
  if (Math.abs(skew) > worstSkew) throw problem("clock_wrong", `The clock of this machine is ${describeSkew(skew)}.`);
}

/** That the server does not take this runner any more, where the error says so. */
export function asRefusal(error: unknown): Problem | undefined {
  if (!(error instanceof ServerRefused) || error.status !== 401) return undefined;
  return problem(
    "runner_refused",
    "The server does not accept this runner's token: it was revoked, or is the token of another installation.",
  );
}
