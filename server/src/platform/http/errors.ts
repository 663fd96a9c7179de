import { Problem, problem } from "@plumbline/contract";
import type { ProblemBody } from "@plumbline/contract";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Log } from "../log.ts";

/** How every error answer looks, for OpenAPI. */
export const ProblemAnswer = z
  .object({
    code: z.string(),
    title: z.string(),
    detail: z.string(),
    next: z.string(),
    places: z.array(z.object({ file: z.string(), line: z.int(), column: z.int().optional() })).optional(),
    data: z.record(z.string(), z.unknown()).optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: "Problem", description: "What went wrong, where, and what to do next" });

/** Answers an error as a problem of the catalogue. What is not of the catalogue is logged and told as `internal`. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const told = asProblem(error, request.id, request.routeOptions.bodyLimit);
  if (told.status >= 500) {
    log.error("a request failed", {
      requestId: request.id,
      method: request.method,
      route: routeOf(request),
      code: told.code,
      error,
    });
  }
  const body: ProblemBody = { ...told.toJSON(), requestId: request.id };
  // A string passes the route's response schema by, which describes success.
  return reply.status(told.status).type("application/json; charset=utf-8").send(JSON.stringify(body));
}

/** The path as it was declared; never the one that was asked for, which may hold anything. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? "(none)";
}

function asProblem(error: unknown, requestId: string, bodyLimit: number | undefined): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalidFields(error);
  if (isFastifyError(error)) {
    if (error.statusCode === 413)
      return problem(
        "too_large",
        `The body is larger than this address accepts${bodyLimit === undefined ? "" : ` (${bodyLimit} bytes)`}.`,
      );
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
      return problem("invalid_request", `${error.message}.`.replace(/\.\.$/, "."));
  }
  if (isDatabaseAway(error))
    return problem("database_unavailable", "The database is away just now. Nothing was changed.");
  if (codeOf(error) === "25006")
    return problem("database_unavailable", "The database is read-only just now. Nothing was changed.", {
      next: "Wait until it is writable again, or tell whoever operates this installation.",
    });
  if (/^53\w{3}$/.test(codeOf(error)))
    return problem(
      "database_unavailable",
      "The database has no disk space, memory or connection left. Nothing was changed.",
      {
        next: "Tell whoever operates this installation; the server's log holds what the database says.",
      },
    );
  return problem("internal", `Something failed while this was done. The request id is ${requestId}.`);
}

/** PostgreSQL is stopping, starting, or not there: its codes, those of the socket, and what `pg` says without one. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (/^(?:57P0[123]|08\d\w\w|ECONNREFUSED|ECONNRESET)$/.test(code)) return true;
  if (code === "ENOENT" && "syscall" in error && error.syscall === "connect") return true;
  return /^(?:Connection terminated|Client has encountered a connection error)/.test(error.message);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("FST_");
}

/** Names the fields and what is expected there; never what was sent, which may be a secret. */
function invalidFields(error: {
  validation: { instancePath: string; message?: string }[];
  validationContext?: string;
}): Problem {
  const where = { querystring: "query", params: "path", headers: "headers" }[error.validationContext ?? ""];
  const fields = error.validation.map(({ instancePath, message }) => {
    const field = instancePath.split("/").filter((part) => part !== "");
    return {
      field: [where, ...field].filter((part) => part !== undefined).join(".") || "body",
      expected: message ?? "is not valid",
    };
  });
  return problem("invalid_request", fields.map(({ field, expected }) => `${field}: ${expected}`).join("; "), {
    data: { fields },
  });
}
