import type { FastifyRequest } from "fastify";
import { afterAll } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { readConfig } from "../platform/config/read-config.ts";
import { createApi } from "../platform/http/create-api.ts";
import type { HttpApi } from "../platform/http/create-api.ts";
import { idMaker } from "../platform/ids.ts";
import { openLog } from "../platform/log.ts";

/**
 * The real HTTP server for route tests; add routes to it, then `api.app.inject(...)` or `api.listen()` (a free port).
 * Call it at the top level of a test file: it is closed after that file's tests. Nobody is signed in unless `authenticate` says so.
 */
export async function testApi<Actor>(
  options: {
    authenticate?: (request: FastifyRequest) => Promise<Actor | undefined>;
    /** Keys of the configuration as environment variables: { PLUMBLINE_SERVER__ALLOW_INSECURE: "true" }. */
    env?: Record<string, string>;
    readiness?: Record<string, () => Promise<void>>;
  } = {},
): Promise<HttpApi<Actor>> {
  const api = await createApi<Actor>({
    config: readConfig({ env: { PLUMBLINE_SERVER__LISTEN__PORT: "0", ...options.env } }),
    log: openLog({ level: "silent" }),
    newId: idMaker(systemClock),
    version: "0.0.0-test",
    authenticate: options.authenticate ?? (async () => undefined),
    readiness: options.readiness ?? {},
  });
  afterAll(() => api.close());
  return api;
}
