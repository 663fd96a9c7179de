import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { LinkAnswer, LinkCall, RunnerLink } from "../runner-link.ts";
import { RunnerAwayError, type RunnerPresence } from "../runner-presence.ts";
import type { StateSpool } from "./state-spool.ts";

/** Larger states are refused with 413. In bytes. */
const largestState = 512 * 1024 * 1024;

/** Answers the engine's http backend. */
export type StateHandler = (request: IncomingMessage, response: ServerResponse, query: string) => Promise<void>;

/**
 * Passes the http backend's calls on to the server and waits as long as it takes: while the server or the runner is away
 * the engine just waits. A state that is written goes to the run's own disk first; when no runner is to be expected that
 * has to do, so that the engine can end, and the next runner delivers it.
 *
 * `access` says which calls the step may make: a plan reads, an apply also locks and writes. `signal` ends the waiting
 * once the step's process is gone; what it wrote stays in the spool.
 */
export function stateProxy(
  link: RunnerLink,
  spool: StateSpool,
  access: "read" | "write",
  presence: Pick<RunnerPresence, "away">,
  signal: AbortSignal,
): StateHandler {
  return async (request, response, query) => {
    const method = request.method ?? "GET";
    const allowed = access === "write" ? ["GET", "POST", "LOCK", "UNLOCK"] : ["GET"];
    if (!allowed.includes(method)) {
      request.resume();
      response.writeHead(403).end(`This step may not ${method} the state.\n`);
      return;
    }
    const body = await readBody(request);
    if (body === undefined) {
      response.writeHead(413, { connection: "close" }).end("The state is larger than the limit.\n");
      return;
    }
    const kept = method === "POST" ? spool.keep(body) : undefined;
    const call = {
      method,
      path: `/state${query}`,
      headers: forwarded(request, body),
      ...(body.length > 0 ? { body } : {}),
    };
    const answer = await link
      .call(call, AbortSignal.any([signal, presence.away()]))
      .then((given) => {
        if (kept && given.status < 300) spool.acknowledged(kept);
        return given;
      })
      .catch((error: unknown) => withoutRunner(call, error));
    const { "content-type": type, "content-md5": md5 } = answer.headers;
    response.writeHead(answer.status, {
      ...(type ? { "content-type": type } : {}),
      ...(typeof md5 === "string" ? { "content-md5": md5 } : {}),
      "content-length": answer.body.length,
    });
    response.end(answer.body);
  };
}

/** The answer while no runner is there: what is on disk counts as written, and a lock ends with the run's lease. */
function withoutRunner({ method }: LinkCall, error: unknown): LinkAnswer {
  if (!(error instanceof RunnerAwayError)) throw error;
  const goesOn = method === "POST" || method === "UNLOCK";
  const text = goesOn ? "" : "No runner is there to reach the state.\n";
  return { status: goesOn ? 200 : 503, headers: {}, body: Buffer.from(text) };
}

function forwarded(request: IncomingMessage, body: Buffer): Record<string, string> {
  const { "content-type": type, "content-md5": md5 } = request.headers;
  if (body.length === 0) return {};
  return {
    "content-type": type ?? "application/json",
    "content-md5": typeof md5 === "string" ? md5 : createHash("md5").update(body).digest("base64"),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > largestState) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
