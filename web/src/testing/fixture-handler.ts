import type { IncomingMessage, ServerResponse } from "node:http";
import * as contract from "@plumbline/contract/api/index";
import type { Endpoint } from "@plumbline/contract/endpoint";
import type { ProblemBody } from "@plumbline/contract/errors";
import { answers, type Asked } from "./fixture-answers.ts";
import { log } from "./fixtures/runs.ts";

interface Route {
  endpoint: Endpoint;
  pattern: RegExp;
  names: string[];
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "auth" in value;
}

const routes: Route[] = Object.values<unknown>(contract)
  .filter(isEndpoint)
  .map((endpoint) => ({
    endpoint,
    names: [...endpoint.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name = ""]) => name),
    pattern: new RegExp(`^${endpoint.path.replace(/:[a-zA-Z]+/g, "([^/]+)")}$`),
  }));

function notFound(detail: string): ProblemBody {
  return {
    code: "not_found",
    title: "There is no such thing, or you may not see it",
    detail,
    next: "Check the name.",
    requestId: "7f3a",
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? undefined : JSON.parse(text);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function stream(response: ServerResponse, path: string): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(": connected\n\n");
  if (path.endsWith("/log/stream"))
    for (const line of log) response.write(`event: line\ndata: ${JSON.stringify(line)}\n\n`);
}

/** Answers the API's addresses with fixtures; every answer is checked against the contract's schema before it is sent. */
export function fixtureHandler(): (request: IncomingMessage, response: ServerResponse) => void {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://fixtures");
    const route = routes.find(
      ({ endpoint, pattern }) => endpoint.method === request.method && pattern.test(url.pathname),
    );
    if (route === undefined) return send(response, 404, notFound(`${request.method} ${url.pathname} is no endpoint.`));
    if (route.endpoint.produces === "text/event-stream") return stream(response, url.pathname);
    const found = route.pattern.exec(url.pathname) ?? [];
    const asked: Asked = {
      params: Object.fromEntries(route.names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? "")])),
      query: Object.fromEntries(url.searchParams),
      body: await bodyOf(request),
    };
    const made = answers[route.endpoint.id]?.(asked);
    if (route.endpoint.response === undefined) return send(response, 204, undefined);
    if (made === undefined) return send(response, 404, notFound(`The fixtures hold nothing for ${url.pathname}.`));
    return send(response, 200, route.endpoint.response.parse(made));
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) =>
      send(response, 500, {
        code: "internal",
        title: "The fixture is not valid",
        detail: String(error),
        next: "Correct it.",
      }),
    );
  };
}
