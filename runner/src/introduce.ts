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
    log("warn", "the server does not answer; it is tried again", { error: String(error), next: nextStep(error) });
    return;
  }
  const skew = server.clockSkew();
  if (Math.abs(skew) > worstSkew) throw problem("clock_wrong", `The clock of this machine is ${describeSkew(skew)}.`);
}

const unknownAuthority = "Name the authority that signed its certificate in serverCertificateAuthority.";
const steps: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: 'Give in "server" the name that its certificate is for.',
  CERT_HAS_EXPIRED: "Its certificate has expired: renew it there, and look at this machine's clock.",
  ENOTFOUND: 'There is no host of this name: correct "server", or the name service of this machine.',
};

/** What an operator can do about a server that cannot be reached; mostly it is to wait. */
export function nextStep(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return steps[code] ?? 'Look whether the server runs, and whether "server" is its address.';
}

/** That the server does not take this runner any more, where the error says so. */
export function asRefusal(error: unknown): Problem | undefined {
  if (!(error instanceof ServerRefused) || error.status !== 401) return undefined;
  return problem(
    "runner_refused",
    "The server does not accept this runner's token: it was revoked, or is the token of another installation.",
  );
}
