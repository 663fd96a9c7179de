import { Socket } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** So much arrives at once over any line; more may be a push or a state, which come over thin ones. In bytes. */
const small = 64 * 1024;

/**
 * Ends connections that hold a request's body back: a small one that is not here after `seconds`, and the rest of any
 * other that long after its answer. Strangers could otherwise hold as many connections as there are, for as long as a
 * large push may take.
 */
export function endSlowBodies(app: FastifyInstance, seconds: number): void {
  app.addHook("onRequest", async (request) => {
    if (Number(request.headers["content-length"]) <= small) endUnlessComplete(request, seconds);
  });
  app.addHook("onResponse", async (request) => endUnlessComplete(request, seconds));
}

function endUnlessComplete({ raw }: FastifyRequest, seconds: number): void {
  // A request that came over no line, as tests inject them, holds none.
  if (raw.complete || !(raw.socket instanceof Socket)) return;
  const timer = setTimeout(() => {
    if (!raw.complete) raw.socket.destroy();
  }, seconds * 1_000);
  timer.unref();
  raw.once("close", () => clearTimeout(timer));
}
