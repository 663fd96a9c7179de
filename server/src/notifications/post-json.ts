import { lookup as lookUp } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { LookupFunction } from "node:net";
import { insideProblem, isInside } from "./targets.ts";

/** How to post. */
export interface PostOptions {
  /** Whether addresses inside may be reached. */
  allowPrivate: boolean;
  milliseconds: number;
  /** How names are resolved; as the system does by default. */
  lookup?: LookupFunction;
}

/**
 * Posts JSON and answers the status. The address that a connection goes to is the one that was looked at: a name that
 * resolves to another one the next moment leads nowhere else, and redirects are not followed.
 */
export async function postJson(url: URL, body: unknown, options: PostOptions): Promise<number> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!options.allowPrivate && isIP(host) !== 0 && isInside(host)) throw insideProblem(url, host);
  const bytes = Buffer.from(JSON.stringify(body), "utf8");
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        agent: false,
        headers: { "content-type": "application/json", "content-length": bytes.length, "user-agent": "plumbline" },
        lookup: guarded(url, options),
        signal: AbortSignal.timeout(options.milliseconds),
      },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    sent.on("error", reject);
    sent.end(bytes);
  });
}

function guarded(url: URL, { allowPrivate, lookup = lookUp as LookupFunction }: PostOptions): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      const addresses = typeof found === "string" ? [{ address: found, family: family ?? 4 }] : found;
      const bad = error || allowPrivate ? undefined : addresses.find(({ address }) => isInside(address));
      if (error) return callback(error, "");
      if (bad !== undefined) return callback(insideProblem(url, bad.address), "");
      const [first] = addresses;
      if (options.all === true || first === undefined) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
}
