import { problem } from "@plumbline/contract";
import type { Endpoint } from "@plumbline/contract/endpoint";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { ProblemAnswer } from "./errors.ts";

/** Where routes are put, and how it is found out who asks. */
export interface Api<Actor> {
  app: FastifyInstance;
  /** Who asks: undefined where nobody has signed in. May throw a problem (an expired token, say). */
  authenticate(request: FastifyRequest): Promise<Actor | undefined>;
}

/** What a handler gets: what was asked, already valid. */
export interface Call<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  params: z.output<Params>;
  query: z.output<Query>;
  body: z.output<Body>;
  request: FastifyRequest;
  /** For headers and cookies; endpoints that produce something else than JSON answer with it. */
  reply: FastifyReply;
}

/** What a handler answers: the endpoint's response; nothing where it has none or writes it by itself. */
type Answer<Response extends z.ZodType> = Response extends z.ZodUndefined ? void : z.output<Response>;

/** What a route may ask of the server. */
export interface RouteOptions {
  /** Requests per minute and address, where the general limit is too wide (logins). */
  perMinute?: number;
  /** The largest body, where the general limit is too small. */
  bodyBytes?: number;
}

/** Adds the route of an endpoint for people who are signed in. `not_signed_in` is answered to everybody else. */
export function register<Actor, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  api: Api<Actor>,
  endpoint: Endpoint<P, Q, B, R>,
  handler: (call: Call<P, Q, B> & { actor: Actor }) => Promise<Answer<R>>,
  options: RouteOptions = {},
): void {
  if (endpoint.auth !== "person") throw new Error(`${endpoint.id} is public: use registerPublic`);
  const actors = new WeakMap<FastifyRequest, { actor: Actor }>();
  const identify = async (request: FastifyRequest) => {
    const actor = await api.authenticate(request);
    if (actor === undefined) throw problem("not_signed_in", "This needs a session or an API token.");
    actors.set(request, { actor });
  };
  const identified = async (call: Call<P, Q, B>) => {
    const known = actors.get(call.request);
    if (!known) throw new Error("a handler ran before its actor was known");
    return handler({ ...call, actor: known.actor });
  };
  addRoute(api.app, endpoint, { ...options, identify }, identified);
}

/** Adds the route of an endpoint that needs no login. */
export function registerPublic<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  api: Pick<Api<unknown>, "app">,
  endpoint: Endpoint<P, Q, B, R>,
  handler: (call: Call<P, Q, B>) => Promise<Answer<R>>,
  options: RouteOptions = {},
): void {
  if (endpoint.auth !== "public") throw new Error(`${endpoint.id} is for people: use register`);
  addRoute(api.app, endpoint, options, handler);
}

function addRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  endpoint: Endpoint<P, Q, B, R>,
  options: RouteOptions & { identify?: (request: FastifyRequest) => Promise<void> },
  handler: (call: Call<P, Q, B>) => Promise<Answer<R>>,
): void {
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    ...(options.bodyBytes === undefined ? {} : { bodyLimit: options.bodyBytes }),
    ...(options.perMinute === undefined
      ? {}
      : { config: { rateLimit: { max: options.perMinute, timeWindow: "1 minute", groupId: endpoint.id } } }),
    // After the rate limit, before the body is read: strangers cannot make the server parse what they send.
    preParsing: async (request) => options.identify?.(request),
    schema: {
      operationId: endpoint.id,
      summary: endpoint.summary,
      tags: [endpoint.tag],
      security: endpoint.auth === "public" ? [] : [{ session: [] }, { token: [] }],
      ...(endpoint.params ? { params: endpoint.params } : {}),
      ...(endpoint.query ? { querystring: endpoint.query } : {}),
      ...(endpoint.body ? { body: endpoint.body } : {}),
      // Any bytes: what they are worth the handler says.
      ...(endpoint.consumes === undefined ? {} : { consumes: [endpoint.consumes], body: z.unknown() }),
      ...(endpoint.produces === undefined ? {} : { produces: [endpoint.produces] }),
      response: responses(endpoint),
    },
    async handler(request, reply) {
      // Fastify has validated these with the endpoint's own schemas; it types them as unknown.
      const { params, query, body } = request as unknown as {
        params: z.output<P>;
        query: z.output<Q>;
        body: z.output<B>;
      };
      const answer = await handler({ params, query, body, request, reply });
      if (endpoint.produces !== undefined || reply.sent) return reply;
      return endpoint.response ? answer : reply.status(204).send();
    },
  });
}

function responses(endpoint: Endpoint): Record<string, unknown> {
  if (endpoint.produces !== undefined) return { default: ProblemAnswer };
  return { ...(endpoint.response ? { 200: endpoint.response } : {}), default: ProblemAnswer };
}
