import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";

/** A request to send. */
export interface Outgoing {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array | undefined;
  signal?: AbortSignal | undefined;
}

/** After that many milliseconds of silence an exchange is given up; streams send something every 15 s. */
const longestSilence = 120_000;

/**
 * Sends a request and answers as soon as the status and headers are there; the body is read from the answer. By node:http,
 * because loading `fetch` takes longer than most commands. Redirects are not followed: one could carry the token to
 * somebody else. Rejects where nothing answers.
 */
export function exchange(outgoing: Outgoing): Promise<IncomingMessage> {
  const { url, method, headers, body, signal } = outgoing;
  const options = { method, headers, ...(signal === undefined ? {} : { signal }) };
  const request = open(url, options);
  return new Promise((resolve, reject) => {
    request.setTimeout(longestSilence, () =>
      request.destroy(Object.assign(new Error("it did not answer in time"), { code: "ETIMEDOUT" })),
    );
    request.on("response", resolve);
    request.on("error", reject);
    request.end(body);
  });
}

/** Not imported: an import asks for each member of node:http, and some of them load all of `fetch`. */
function open(url: string, options: RequestOptions): ClientRequest {
  const { request } = process.getBuiltinModule(url.startsWith("https:") ? "node:https" : "node:http");
  return request(url, options);
}

/** The whole body as text. Rejects where it is cut. */
export async function readText(answer: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of answer) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}
