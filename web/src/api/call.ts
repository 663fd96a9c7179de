import type { ProblemBody } from "@plumbline/contract/errors";
import { ApiError } from "./api-error.ts";
import { queryOfClient } from "./chosen-client.ts";
import { endpoints, type AnswerOf, type EndpointId, type InputOf } from "./endpoints.ts";

interface Loose {
  params?: Record<string, unknown> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
}

/** The address of an endpoint, parameters encoded and filled in, query appended; undefined values are left out. */
export function address(path: string, params: Loose["params"], query: Loose["query"]): string {
  const filled = path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(asText(params?.[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, asText(value));
  const text = search.toString();
  return text === "" ? filled : `${filled}?${text}`;
}

/** Texts as they are, numbers and truth values as JSON writes them. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Calls an endpoint of the contract. `signal` aborts it.
 * @throws {ApiError} with the server's problem, or `unavailable` where no answer came
 */
export async function call<Id extends EndpointId>(
  id: Id,
  input: InputOf<Id>,
  signal?: AbortSignal,
): Promise<AnswerOf<Id>> {
  const [method = "GET", path = ""] = endpoints[id].split(" ");
  const { params, query, body }: Loose = input;
  const response = await send(address(path, params, { ...queryOfClient(id), ...query }), {
    method,
    credentials: "same-origin",
    headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw new ApiError(response.status, await problemBody(response));
  // The server validates what it sends with the same schema this type comes from.
  return (response.status === 204 ? undefined : await response.json()) as AnswerOf<Id>;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw noAnswer();
  }
}

/** What a call throws where nothing answers. */
export function noAnswer(): ApiError {
  return new ApiError(503, {
    code: "unavailable",
    title: "The server does not answer",
    detail: "No answer came. Nothing was changed, as far as this page knows.",
    next: "Check the connection, then try again.",
  });
}

async function problemBody(response: Response): Promise<ProblemBody> {
  return asProblem(response.status, await response.json().catch(() => undefined));
}

/** The body of an answer that is not a success, as a problem. */
export function asProblem(status: number, parsed: unknown): ProblemBody {
  if (isProblem(parsed)) return parsed;
  return {
    code: "internal",
    title: "The server answered with something unexpected",
    detail: `HTTP ${status} without an explanation.`,
    next: "Try again; if it stays, look at the server's log.",
  };
}

function isProblem(value: unknown): value is ProblemBody {
  return typeof value === "object" && value !== null && "code" in value && "detail" in value && "title" in value;
}
