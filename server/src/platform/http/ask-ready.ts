import http from "node:http";
import https from "node:https";
import type { Config } from "../config/index.ts";

const longest = 5_000;

/**
 * Asks the server of this configuration, on this machine, for /readyz. Answers undefined when it is ready, else what it
 * said or why it could not be asked. Its certificate is not verified: it is made for the public name, and what is asked
 * stays on the machine.
 */
export function askReady(config: Pick<Config, "listen" | "tls">): Promise<string | undefined> {
  const { host, port } = config.listen;
  const local = { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
  const options = { host: local, port, path: "/readyz", timeout: longest, agent: false };
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const read = (response: http.IncomingMessage) => {
    const parts: Buffer[] = [];
    response.on("data", (part: Buffer) => parts.push(part));
    response.on("end", () =>
      resolve(response.statusCode === 200 ? undefined : `${response.statusCode} ${Buffer.concat(parts).toString()}`),
    );
    response.on("error", (error) => resolve(error.message));
  };
  const request = config.tls ? https.get({ ...options, rejectUnauthorized: false }, read) : http.get(options, read);
  request.on("timeout", () => request.destroy(new Error(`No answer for ${longest / 1000} seconds.`)));
  request.on("error", (error) => resolve(error.message));
  return promise;
}
