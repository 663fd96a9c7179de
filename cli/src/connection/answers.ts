import { catalogue, problem } from "@plumbline/contract/errors";
import type { Place, Problem, ProblemCode } from "@plumbline/contract/errors";

/** The problem of a refused call, as the server tells it. */
export async function readProblem(url: string, response: Response): Promise<Problem> {
  const text = await response.text().catch(() => "");
  const body = parseObject(text);
  const code = body?.["code"];
  if (body === undefined || typeof code !== "string" || !isCode(code)) return notPlumbline(url, response);
  const { detail, next, data, requestId } = body;
  return problem(code, typeof detail === "string" ? detail : catalogue[code].title, {
    ...(typeof next === "string" && next !== "" ? { next } : {}),
    places: readPlaces(body["places"]),
    data: {
      ...(isObject(data) ? data : {}),
      ...(typeof requestId === "string" ? { requestId } : {}),
    },
  });
}

/** Something answered, but no Plumbline: a proxy's page, a redirect, another program. */
export function notPlumbline(url: string, response: Response): Problem {
  const type = response.headers.get("content-type") ?? "no type";
  const location = response.headers.get("location");
  const where = location === null ? "" : `, which points to ${location}`;
  return problem(
    response.status >= 500 ? "unavailable" : "not_found",
    `${url} answered HTTP ${response.status} (${type})${where}: that is not Plumbline's API.`,
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

const reasons: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name could not be looked up",
  ECONNRESET: "the connection was cut",
  UND_ERR_SOCKET: "the connection was cut",
  ETIMEDOUT: "it did not answer in time",
  UND_ERR_CONNECT_TIMEOUT: "it did not answer in time",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself (NODE_EXTRA_CA_CERTS names more authorities)",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate's authority is unknown (NODE_EXTRA_CA_CERTS names more authorities)",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate's authority is unknown (NODE_EXTRA_CA_CERTS names more authorities)",
};

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = isObject(cause) && typeof cause["code"] === "string" ? cause["code"] : "";
  return reasons[code] ?? (cause instanceof Error && cause.message !== "" ? cause.message : code || "no answer");
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
