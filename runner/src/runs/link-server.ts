import { rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { RunKey, ServerClient } from "../jobs/server-client.ts";
import { log } from "../log.ts";
import type { EgressRules } from "../supervisor/supervisor-job.ts";
import { connectOutside } from "./connect-outside.ts";

/** What a supervisor may ask of the server, and nothing else. */
const passed: Readonly<Record<string, readonly string[]>> = {
  "/input": ["GET"],
  "/secrets/plan": ["GET"],
  "/secrets/apply": ["GET"],
  "/plan-file": ["GET", "PUT"],
  "/plan-json": ["GET", "PUT"],
  "/planned": ["POST"],
  "/judged": ["POST"],
  "/errored-state": ["PUT"],
  "/state": ["GET", "POST", "LOCK", "UNLOCK"],
};
const passedHeaders = ["content-type", "content-length", "content-md5", "x-content-sha256"];

/** The unix socket of one run. */
export interface LinkServer {
  close(): void;
}

/** Listens for one run's supervisor: passes its calls to the server with the runner's token, and connects it outside. */
export async function startLinkServer(
  socket: string,
  run: RunKey,
  server: ServerClient,
  egress: EgressRules,
): Promise<LinkServer> {
  rmSync(socket, { force: true });
  const link = createServer((request, response) => {
    passOn(run, server, request, response).catch((error: unknown) => {
      log("warn", "a call of a run could not be passed on", {
        run: run.runId,
        path: request.url ?? "",
        error: String(error),
      });
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
  });
  link.requestTimeout = 0;
  link.on("connect", (request, client) => void connectOutside(egress, request, client));
  await new Promise<void>((resolve, reject) => {
    link.once("error", reject);
    link.listen(socket, resolve);
  });
  return {
    close() {
      link.close();
      link.closeAllConnections();
    },
  };
}

async function passOn(
  run: RunKey,
  server: ServerClient,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? "";
  const method = request.method ?? "GET";
  if (!passed[path.replace(/\?.*$/s, "")]?.includes(method)) {
    request.resume();
    response.writeHead(404).end();
    return;
  }
  const headers = Object.fromEntries(
    passedHeaders.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
  const answer = await server.pass(run, { method, path, headers, body: request });
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(response);
  answer.on("error", () => response.destroy());
}
