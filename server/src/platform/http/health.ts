import type { FastifyInstance } from "fastify";

/** Parts that must work for requests to be answered; each throws when it does not. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<void>>>;

const longest = 3_000;

/** /healthz: the process answers. /readyz: it can do its work; 503 with the part that cannot, and while stopping. */
export function reportHealth(app: FastifyInstance, checks: ReadinessChecks, warnings: readonly string[]): void {
  let stopping = false;
  app.addHook("preClose", async () => {
    stopping = true;
  });
  app.get("/healthz", { config: { rateLimit: false } }, async () => ({ status: "ok" }));
  app.get("/readyz", { config: { rateLimit: false } }, async (_request, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]): Promise<[string, "ok" | "failed"]> => [
        name,
        await passes(check),
      ]),
    );
    const ready = !stopping && results.every(([, result]) => result === "ok");
    const status = stopping ? "stopping" : ready ? "ready" : "not ready";
    return reply.status(ready ? 200 : 503).send({ status, checks: Object.fromEntries(results), warnings });
  });
}

async function passes(check: () => Promise<void>): Promise<"ok" | "failed"> {
  const late = Promise.withResolvers<"failed">();
  const timer = setTimeout(() => late.resolve("failed"), longest);
  try {
    return await Promise.race([check().then(() => "ok" as const), late.promise]);
  } catch {
    return "failed";
  } finally {
    clearTimeout(timer);
  }
}
