import { setTimeout as sleep } from "node:timers/promises";
import { Refused } from "../world/api.ts";
import type { ApiClient } from "../world/api.ts";

const patience = 40_000;

/** A client that asks again what only reads, while the server or its database is away. What changes something is asked once. */
export function patient(client: ApiClient): ApiClient {
  const again = async <T>(call: () => Promise<T>): Promise<T> => {
    for (const until = Date.now() + patience; ; await sleep(200))
      try {
        return await call();
      } catch (error) {
        if (Date.now() > until || !isPassing(error)) throw error;
      }
  };
  return {
    call: (endpoint, input) =>
      endpoint.method === "GET" ? again(() => client.call(endpoint, input)) : client.call(endpoint, input),
    refused: (endpoint, input) => client.refused(endpoint, input),
    text: (path) => again(() => client.text(path)),
  };
}

/** fetch's own errors are TypeErrors. */
function isPassing(error: unknown): boolean {
  return error instanceof Refused ? error.status >= 500 : error instanceof TypeError;
}
