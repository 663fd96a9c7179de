import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AccountKey } from "./account-keys.ts";
import { answerApi } from "./api-routes.ts";
import type { CloudServices } from "./api-routes.ts";
import { Cloud } from "./cloud.ts";
import { answerConsole } from "./console/console-routes.ts";
import { DataFile } from "./data-file.ts";
import { Faults } from "./faults.ts";

const STOP_GRACE_MS = 2000;

export type LabCloudOptions = {
  /** 0 takes a free port. */
  port: number;
  /** Where it listens; the console has no login, so this is a loopback address unless told otherwise. */
  host?: string;
  /** JSON file that keeps everything; left out, all is forgotten at the end. */
  dataFile?: string;
  keys: readonly AccountKey[];
  /** Accounts that the console offers even while they are empty. */
  accounts?: readonly string[];
  /** Names beside localhost and IP addresses under which a browser may reach the console. */
  consoleHosts?: readonly string[];
};

export type LabCloud = {
  /** Such as http://127.0.0.1:8090, without a slash at the end. */
  url: string;
  port: number;
  stop(): Promise<void>;
};

/**
 * Starts the Lab Cloud.
 * @throws Error with code EADDRINUSE when the port is taken, or when the data file is not one
 */
export async function startLabCloud(options: LabCloudOptions): Promise<LabCloud> {
  const file = new DataFile(options.dataFile);
  const services: CloudServices = {
    cloud: new Cloud(file, () => new Date()),
    faults: new Faults(),
    keys: options.keys,
  };
  const offered = [...new Set([...(options.accounts ?? []), ...options.keys.flatMap((key) => key.accounts)])];
  const consoleOptions = {
    cloud: services.cloud,
    accounts: offered.filter((account) => account !== "*"),
    hosts: options.consoleHosts ?? [],
  };
  const server = createServer((request, response) => {
    dispatch(request, response).catch((error: unknown) => {
      process.stderr.write(`lab cloud: ${error instanceof Error ? error.stack : String(error)}\n`);
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
  // Providers keep connections for the length of a run; Node would close idle ones after 5 s, in the middle of an apply.
  server.keepAliveTimeout = 60_000;

  async function dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = parseUrl(request.url);
    if (!url) response.writeHead(400).end();
    else if (url.pathname.startsWith("/api/v1/")) await answerApi(services, request, response, url);
    else if (url.pathname === "/healthz") response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
    else await answerConsole(consoleOptions, request, response, url);
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host ?? "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the lab cloud did not get a TCP port");
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
      await closed;
      clearTimeout(late);
      await file.save();
    },
  };
}

function parseUrl(target: string | undefined): URL | undefined {
  // Through a proxy the target is absolute; otherwise it is a path, and the base only completes it.
  return URL.parse(target ?? "/", "http://lab.invalid") ?? undefined;
}
