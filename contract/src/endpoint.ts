import type { z } from "zod";

/**
 * One call of the API, said once: the server validates with it, OpenAPI is made from it, and the web client and the CLI
 * derive their types from it. `path` uses `:name` for parameters; those that hold a workspace are URL-encoded
 * ("network%2Fprod").
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** `public`: without login. `person`: a session or an API token. */
  auth: "public" | "person";
  tag: string;
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** For a body that is a file, and its type: the bytes are sent and taken as they are, and `body` is absent. */
  consumes?: string;
  /** Absent: 204 without a body. */
  response?: Response;
  /** For what is not JSON: `text/event-stream`, `application/x-ndjson`, … The handler writes it itself. */
  produces?: string;
}

/** Declares an endpoint, keeping its types. */
export function endpoint<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Response extends z.ZodType = z.ZodUndefined,
>(declaration: Endpoint<Params, Query, Body, Response>): Endpoint<Params, Query, Body, Response> {
  return declaration;
}

/** What a caller of the endpoint gives and gets. */
export type ParamsOf<E> = E extends Endpoint<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.infer<P> : never;
export type QueryOf<E> = E extends Endpoint<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.input<Q> : never;
export type BodyOf<E> = E extends Endpoint<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.input<B> : never;
export type ResponseOf<E> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.infer<R> : never;
