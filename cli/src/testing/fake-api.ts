import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Problem } from "@plumbline/contract";
import type { BodyOf, Endpoint, ParamsOf, ResponseOf } from "@plumbline/contract";

/** A query after its schema gave it its types and defaults. */
type ParsedQuery<E extends Endpoint> = NonNullable<E["query"]> extends { _output: infer Output } ? Output : never;

/** A call as the fake server received it, checked against the contract. */
export interface ReceivedCall<E extends Endpoint> {
  params: ParamsOf<E>;
  query: ParsedQuery<E>;
  body: BodyOf<E>;
  /** The body as text, where the endpoint takes a file. */
  file: string;
  headers: IncomingMessage["headers"];
}

/** What a route answers: the endpoint's JSON, or raw text where it `produces` something else. */
type Answer<E extends Endpoint> = (
  call: ReceivedCall<E>,
  response: ServerResponse,
) => ResponseOf<E> | string | Promise<ResponseOf<E>>;

/** A server that speaks the contract and nothing else: a call or an answer that it does not allow fails the test. */
export interface FakeApi extends AsyncDisposable {
  url: string;
  /** Requests so far: `GET /api/v1/me`. */
  requests: string[];
  answer<E extends Endpoint>(endpoint: E, answer: Answer<E>): void;
}

interface Route {
  endpoint: Endpoint;
  pattern: RegExp;
  run: (call: unknown, response: ServerResponse) => unknown;
}

/** Starts it on a free port of loopback. */
export async function startFakeApi(): Promise<FakeApi> {
  const routes: Route[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    handle(routes, request, response).catch((error: unknown) => {
      const body = error instanceof Problem ? error.toJSON() : { code: "internal", detail: String(error) };
      response.statusCode = error instanceof Problem ? error.status : 500;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ...body, requestId: "request-1" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answer(endpoint, answer) {
      const pattern = new RegExp(`^${endpoint.path.replaceAll(/:([a-z]+)/gi, "(?<$1>[^/]+)")}$`);
      routes.unshift({
        endpoint,
        pattern,
        run: (call, response) => answer(call as ReceivedCall<typeof endpoint>, response),
      });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function handle(routes: Route[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://fake");
  for (const { endpoint, pattern, run } of routes) {
    const found = endpoint.method === request.method ? pattern.exec(pathname) : null;
    if (found === null) continue;
    const params = Object.fromEntries(
      Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    const call = {
      params: endpoint.params?.parse(params),
      query: endpoint.query?.parse(Object.fromEntries(searchParams)),
      file: endpoint.consumes === undefined ? "" : await readBody(request),
      body: endpoint.body?.parse(JSON.parse(await readBody(request))),
      headers: request.headers,
    };
    const answer = await run(call, response);
    if (response.writableEnded) return;
    if (endpoint.produces !== undefined) {
      response.setHeader("content-type", endpoint.produces);
      return void response.end(answer);
    }
    if (endpoint.response === undefined) {
      response.statusCode = 204;
      return void response.end();
    }
    response.setHeader("content-type", "application/json");
    return void response.end(JSON.stringify(endpoint.response.parse(answer)));
  }
  throw new Error(`the test answers no ${request.method} ${pathname}`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return text;
}
