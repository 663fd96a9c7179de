import type { IncomingMessage } from "node:http";
import { buildRequest } from "@plumbline/contract/request";
import type { CallInput, Endpoint, ResponseOf } from "@plumbline/contract";
import { notPlumbline, readProblem, unreachable, uploadCut } from "./answers.ts";
import { exchange, readText } from "./exchange.ts";

/** Calls of the API. All throw a problem of the catalogue where they are refused or the server is not reachable. */
export interface Client {
  url: string;
  /** A call that is answered with JSON, or nothing. */
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>>;
  /** A call whose body is a file, sent as it is; it is answered with JSON. */
  upload<E extends Endpoint>(endpoint: E, input: CallInput<E>, file: Uint8Array): Promise<ResponseOf<E>>;
  /** A call whose answer is read piece by piece. */
  open<E extends Endpoint>(endpoint: E, input: CallInput<E>, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

/** A sent call; for what needs more of the answer than its JSON. */
export async function send<E extends Endpoint>(
  url: string,
  headers: Record<string, string>,
  endpoint: E,
  input: CallInput<E>,
  { signal, file }: { signal?: AbortSignal | undefined; file?: Uint8Array } = {},
): Promise<IncomingMessage> {
  const { method, path, body: json } = buildRequest(endpoint, input);
  const body = file ?? json;
  let answer: IncomingMessage;
  try {
    answer = await exchange({
      url: url + path,
      method,
      headers: {
        ...headers,
        accept: endpoint.produces ?? "application/json",
        ...(body === undefined
          ? {}
          : {
              "content-type": endpoint.consumes ?? "application/json",
              "content-length": String(Buffer.byteLength(body)),
            }),
      },
      body,
      signal,
    });
  } catch (error) {
    throw file === undefined ? unreachable(url, error) : uploadCut(url, file.byteLength, error);
  }
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 299) throw await readProblem(url, answer);
  return answer;
}

/** The API of the server at `url`; `headers` say who asks. */
export function makeClient(url: string, headers: Record<string, string>): Client {
  return {
    url,
    async call(endpoint, input) {
      return readJson(url, await send(url, headers, endpoint, input));
    },
    async upload(endpoint, input, file) {
      return readJson(url, await send(url, headers, endpoint, input, { file }));
    },
    open: (endpoint, input, signal) => send(url, headers, endpoint, input, { signal }),
  };
}

/** The JSON of an answer in the shape that its endpoint declares; undefined for 204. */
export async function readJson<Data>(url: string, answer: IncomingMessage): Promise<Data> {
  let text: string;
  try {
    text = await readText(answer);
  } catch (error) {
    throw unreachable(url, error);
  }
  if (answer.statusCode === 204) return undefined as Data;
  try {
    return JSON.parse(text) as Data;
  } catch {
    throw notPlumbline(url, answer);
  }
}
