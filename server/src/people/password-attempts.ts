import { isIPv6 } from "node:net";
import { Problem, problem } from "@plumbline/contract";

/** Guards every door at which a password is tried: signing in, the API and Git. */
export interface PasswordAttempts {
  /**
   * Runs `check`, which throws `wrong_credentials` for a wrong password or `set_up_refused` for a wrong set-up secret. Throws `too_many_requests` without running it
   * for an address that was wrong too often in the last minute, and where too many passwords are being checked.
   */
  guard<T>(address: string, check: () => Promise<T>): Promise<T>;
}

const minute = 60_000;
/** A check takes a thread, 20 ms and 19 MiB: more at once would keep everything else from being done. */
const mostAtOnce = 2;
const mostWaiting = 100;
const mostAddresses = 10_000;

/** Counts wrong passwords by network address, in the memory of this process. */
export function openPasswordAttempts(options: { perMinute: number; now: () => number }): PasswordAttempts {
  const wrong = new Map<string, number[]>();
  const waiting: (() => void)[] = [];
  let running = 0;
  const lately = (key: string) => (wrong.get(key) ?? []).filter((at) => at > options.now() - minute);
  const note = (key: string) => {
    const times = [...lately(key), options.now()];
    wrong.delete(key);
    wrong.set(key, times);
    for (const oldest of wrong.keys()) {
      if (wrong.size <= mostAddresses) return;
      wrong.delete(oldest);
    }
  };
  const refuseIfTooMany = (key: string) => {
    if (lately(key).length >= options.perMinute)
      throw problem("too_many_requests", "Too many wrong passwords came from this address in the last minute.", {
        next: "Try again in a minute. Programs use an API token, which is not limited.",
      });
  };
  const turn = async () => {
    if (running < mostAtOnce) running += 1;
    else if (waiting.length >= mostWaiting)
      throw problem("too_many_requests", "Too many passwords are being checked at once. Try again in a moment.");
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    async guard(address, check) {
      const key = networkOf(address);
      refuseIfTooMany(key);
      await turn();
      try {
        refuseIfTooMany(key); // others of this address were wrong meanwhile
        return await check();
      } catch (error) {
        if (error instanceof Problem && isWrongGuess(error)) note(key);
        throw error;
      } finally {
        leave();
      }
    },
  };
}

function isWrongGuess({ code }: Problem): boolean {
  return code === "wrong_credentials" || code === "set_up_refused";
}

/** Whoever has one IPv6 address has the whole /64 it is in. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes(".")) return address;
  const [head = "", tail = ""] = address.split("::");
  const [front, back] = [head, tail].map((part) => (part === "" ? [] : part.split(":")));
  const missing = address.includes("::") ? 8 - (front?.length ?? 0) - (back?.length ?? 0) : 0;
  return [...(front ?? []), ...Array.from({ length: missing }, () => "0"), ...(back ?? [])].slice(0, 4).join(":");
}
