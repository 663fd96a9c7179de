import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import { problem } from "@plumbline/contract";
import Fastify from "fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Registry } from "prom-client";
import type { Config } from "../config/config.ts";
import { serveDocumentation } from "../documentation/serve-documentation.ts";
import type { NewId } from "../ids.ts";
import type { Log } from "../log.ts";
import { answerError, routeOf } from "./errors.ts";
import type { EventStream } from "./event-stream.ts";
import { reportHealth } from "./health.ts";
import type { ReadinessChecks } from "./health.ts";
import { measureRequests } from "./metrics.ts";
import { describeApi } from "./openapi.ts";
import { refuseForeignOrigins } from "./origin.ts";
import type { Api } from "./register.ts";
import { endSlowBodies } from "./slow-bodies.ts";
import { transportCheck } from "./transport.ts";
import { serveWebPages } from "./web-pages.ts";

export interface ApiOptions<Actor> {
  config: Pick<Config, "listen" | "publicUrl" | "tls" | "trustedProxies" | "allowInsecure" | "webDir" | "limits">;
  log: Log;
  newId: NewId;
  version: string;
  authenticate(request: FastifyRequest): Promise<Actor | undefined>;
  readiness: ReadinessChecks;
  /** Memory, event loop and garbage collection in /metrics: once per process. */
  processMetrics?: boolean;
}

/** The HTTP server. Routes are added to `app`, by `register` or as Fastify plugins; then `listen`. */
export interface HttpApi<Actor> extends Api<Actor> {
  metrics: Registry;
  /** Answers the address it listens on, e.g. http://127.0.0.1:8300. Throws `port_taken`. */
  listen(): Promise<string>;
  /** Takes no new requests, ends event streams, waits for what is under way, at most `limits.drain`. */
  close(): Promise<void>;
}

const minute = 60_000;

/** How long the body of a small request may take. In seconds. */
const slowestBody = 60;

/** Makes the HTTP server with everything that holds for all routes; nothing listens yet. */
export async function createApi<Actor>(options: ApiOptions<Actor>): Promise<HttpApi<Actor>> {
  const { config, log } = options;
  const app = Fastify({
    logger: false,
    genReqId: options.newId,
    requestIdHeader: false,
    bodyLimit: config.limits.bodyBytes,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 1_000 },
    serverFactory: (handler) => createServer(config.tls, handler),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addHttpMethod("LOCK", { hasBody: true }).addHttpMethod("UNLOCK", { hasBody: true });
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, log));
  endStreamsOnClose(app);
  endSlowBodies(app, slowestBody);
  guard(app, config);
  await app.register(helmet, headers(config.publicUrl));
  await app.register(cookie);
  await app.register(rateLimit, {
    max: config.limits.requestsPerMinute,
    timeWindow: minute,
    errorResponseBuilder: (_request, context) =>
      problem("too_many_requests", `More than ${context.max} requests in a minute. Try again in ${context.after}.`),
  });
  logRequests(app, log);
  const metrics = measureRequests(app, { ofProcess: options.processMetrics ?? false });
  reportHealth(
    app,
    options.readiness,
    config.allowInsecure ? ["allowInsecure is on: plain HTTP is accepted from everywhere"] : [],
  );
  await describeApi(app, { publicUrl: config.publicUrl, version: options.version });
  serveDocumentation(app, config.webDir);
  await serveWebPages(app, config.webDir);
  return {
    app,
    metrics,
    authenticate: (request) => options.authenticate(request),
    listen: () => listen(app, config, log),
    close: () => drain(app, config.limits.drain * 1_000),
  };
}

function createServer(tls: Config["tls"], handler: http.RequestListener): http.Server {
  const server = tls
    ? https.createServer(
        { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile), minVersion: "TLSv1.2" },
        handler,
      )
    : http.createServer(handler);
  server.requestTimeout = 30 * minute; // a large push over a thin line
  server.keepAliveTimeout = 72_000; // longer than a load balancer's
  return server;
}

function guard(app: FastifyInstance, config: ApiOptions<unknown>["config"]): void {
  const checkTransport = transportCheck(config);
  const probes = new Set(["/healthz", "/readyz"]);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    if (!probes.has(request.url)) checkTransport(request);
    refuseForeignOrigins(request, config.publicUrl);
  });
}

function headers(publicUrl: string) {
  const encrypted = publicUrl.startsWith("https:");
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: encrypted ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: "same-origin" as const },
    xFrameOptions: { action: "deny" as const },
  };
}

function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook("onResponse", async (request, reply) => {
    const fields = { requestId: request.id, method: request.method, route: routeOf(request), status: reply.statusCode };
    const milliseconds = Math.round(reply.elapsedTime);
    log[request.method === "GET" ? "debug" : "info"]("answered", { ...fields, milliseconds });
  });
}

function endStreamsOnClose(app: FastifyInstance): void {
  app.decorate("eventStreams", new Set<EventStream>());
  app.addHook("preClose", async () => {
    for (const stream of app.eventStreams) stream.close();
  });
}

async function listen(app: FastifyInstance, config: ApiOptions<unknown>["config"], log: Log): Promise<string> {
  const { host, port } = config.listen;
  try {
    const listening = await app.listen({ host, port });
    // Fastify does not know that the server it was given speaks TLS.
    const address = config.tls ? listening.replace(/^http:/, "https:") : listening;
    log.info("listening", { address });
    if (config.allowInsecure)
      log.warn("plain HTTP is accepted beyond loopback: passwords and states can be read on the way");
    return address;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE")
      throw problem("port_taken", `Port ${port} on ${host} is used by another program.`, { cause });
    throw cause;
  }
}

async function drain(app: FastifyInstance, milliseconds: number): Promise<void> {
  const late = setTimeout(() => app.server.closeAllConnections(), milliseconds);
  // A connection whose last answer went out while stopping is idle only then, and would be kept open.
  const idle = setInterval(() => app.server.closeIdleConnections(), 25);
  await app.close();
  clearInterval(idle);
  clearTimeout(late);
}
