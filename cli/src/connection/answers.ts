import type { IncomingMessage } from "node:http";
import { catalogue, problem } from "@plumbline/contract/errors";
import type { Place, Problem, ProblemCode } from "@plumbline/contract/errors";
import { readText } from "./exchange.ts";

/** The problem of a refused call, as the server tells it, with the address of what its documentation says about that. */
export async function readProblem(url: string, answer: IncomingMessage): Promise<Problem> {
  const text = await readText(answer).catch(() => "");
  const body = parseObject(text);
  const code = body?.["code"];
  if (body === undefined || typeof code !== "string" || !isCode(code)) return notPlumbline(url, answer);
  const { detail, next, data, requestId } = body;
  return problem(code, typeof detail === "string" ? detail : catalogue[code].title, {
    ...(typeof next === "string" && next !== "" ? { next } : {}),
    places: readPlaces(body["places"]),
    data: {
      ...(isObject(data) ? data : {}),
      ...(typeof requestId === "string" ? { requestId } : {}),
      more: `${url}/docs/troubleshooting#${code}`,
    },
  });
}

/** Something answered, but no Plumbline: a proxy's page, a redirect, another program. */
export function notPlumbline(url: string, { headers, statusCode = 0 }: IncomingMessage): Problem {
  const type = headers["content-type"] ?? "no type";
  const where = headers.location === undefined ? "" : `, which points to ${headers.location}`;
  return problem(
    statusCode >= 500 ? "unavailable" : "not_found",
    `${url} answered HTTP ${statusCode} (${type})${where}: that is not Plumbline's API.`,
    { next: "Check the address and what stands between here and there." },
  );
}

/** Nothing answered. */
export function unreachable(url: string, error: unknown): Problem {
  return problem("unavailable", `${url} cannot be reached: ${reasonOf(error)}.`, {
    next: "Check the address, and that the server runs.",
    cause: error,
  });
}

/** A file could not be sent. A server that takes no more hangs up, and its answer is lost with the connection. */
export function uploadCut(url: string, bytes: number, error: unknown): Problem {
  const code = isObject(error) ? error["code"] : undefined;
  if (code !== "EPIPE" && code !== "ECONNRESET") return unreachable(url, error);
  return problem(
    "too_large",
    `${url} hung up while ${(bytes / 1_048_576).toFixed(1)} MiB were sent: most likely it accepts less.`,
    {
      next: "For states the limit is state.maxBytes in the server's configuration, 100 MiB where nothing is said; a proxy in between may have one, too.",
      data: { more: `${url}/docs/troubleshooting#too_large` },
      cause: error,
    },
  );
}

const reasons: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name could not be looked up",
  ECONNRESET: "the connection was cut",
  ETIMEDOUT: "it did not answer in time",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself (NODE_EXTRA_CA_CERTS names more authorities)",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate's authority is unknown (NODE_EXTRA_CA_CERTS names more authorities)",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate's authority is unknown (NODE_EXTRA_CA_CERTS names more authorities)",
};

function reasonOf(error: unknown): string {
  const code = isObject(error) && typeof error["code"] === "string" ? error["code"] : "";
  return reasons[code] ?? (error instanceof Error && error.message !== "" ? error.message : code || "no answer");
}

function isCode(code: string): code is ProblemCode {
  return Object.hasOwn(catalogue, code);
}

function readPlaces(value: unknown): Place[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((place: unknown) => {
    if (!isObject(place) || typeof place["file"] !== "string" || typeof place["line"] !== "number") return [];
    const { file, line, column } = place;
    return [{ file, line, ...(typeof column === "number" ? { column } : {}) }];
  });
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
