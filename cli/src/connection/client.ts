import { problem } from "@plumbline/contract/errors";
import { buildRequest } from "@plumbline/contract/request";
import type { CallInput, Endpoint, ResponseOf } from "@plumbline/contract";
import { notPlumbline, readProblem, unreachable } from "./answers.ts";

/** Calls of the API. All throw a problem of the catalogue where they are refused or the server is not reachable. */
export interface Client {
  url: string;
  /** A call that is answered with JSON, or nothing. */
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>>;
  /** A call whose answer is read piece by piece. */
  open<E extends Endpoint>(endpoint: E, input: CallInput<E>, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

/** A sent call; for what needs more of the answer than its JSON. */
export async function send<E extends Endpoint>(
  url: string,
  headers: Record<string, string>,
  endpoint: E,
  input: CallInput<E>,
  signal?: AbortSignal,
): Promise<Response> {
  const request = buildRequest(endpoint, input);
  let response: Response;
  try {
    response = await fetch(url + request.path, {
      method: request.method,
      headers: {
        ...headers,
        accept: endpoint.produces ?? "application/json",
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
      // A redirect could carry the token to somebody else.
      redirect: "manual",
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    throw unreachable(url, error);
  }
  if (!response.ok) throw await readProblem(url, response);
  return response;
}

/** The API of the server at `url`; `headers` say who asks. */
export function makeClient(url: string, headers: Record<string, string>): Client {
  return {
    url,
    async call(endpoint, input) {
      const response = await send(url, headers, endpoint, input);
      return readJson(url, response);
    },
    async open(endpoint, input, signal) {
      const { body } = await send(url, headers, endpoint, input, signal);
      if (body === null) throw problem("internal", `${url} answered ${endpoint.path} without a body.`);
      return body;
    },
  };
}

/** The JSON of an answer in the shape that its endpoint declares; undefined for 204. */
export async function readJson<Data>(url: string, response: Response): Promise<Data> {
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    throw unreachable(url, error);
  }
  if (response.status === 204) return undefined as Data;
  try {
    return JSON.parse(text) as Data;
  } catch {
    throw notPlumbline(url, response);
  }
}
