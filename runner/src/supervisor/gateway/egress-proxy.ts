import type { IncomingMessage, ServerResponse } from "node:http";
import { type Duplex, PassThrough } from "node:stream";
import { isAllowed, parseTarget, type Target } from "./allow-list.ts";
import { Agent, request as httpRequest } from "../http.ts";
import type { RunnerLink } from "../runner-link.ts";

/** The way out of a step's network: HTTP CONNECT and absolute-URI requests to the hosts that are allowed. */
export interface EgressProxy {
  connect(authority: string, client: Duplex, head: Buffer): Promise<void>;
  forward(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

/** What an egress proxy lets through, and whom it tells about what it refuses (each target once). */
export interface EgressOptions {
  step: string;
  allow: readonly string[];
  refused(message: string): void;
}

const hopByHop = ["connection", "proxy-connection", "proxy-authorization", "keep-alive", "te", "trailer", "upgrade"];

/** Makes the proxy of one step. */
export function egressProxy(link: RunnerLink, options: EgressOptions): EgressProxy {
  const told = new Set<string>();
  const agents = new Map<string, InstanceType<typeof Agent>>();

  const refuse = (target: string): string => {
    const message =
      `${target} is not in the runner's list of hosts that the step ${options.step} may reach ` +
      `(egress.allow.${options.step} in the runner's configuration)`;
    if (!told.has(target) && told.size < 100) options.refused(message);
    told.add(target);
    return `${message}\n`;
  };

  return {
    async connect(authority, client, head) {
      client.on("error", () => client.destroy());
      const target = parseTarget(authority, 443);
      if (!target || !isAllowed(options.allow, target)) {
        const message = refuse(authority);
        client.end(`HTTP/1.1 403 Forbidden\r\ncontent-length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
        return;
      }
      try {
        const upstream = await link.tunnel(options.step, authorityOf(target));
        upstream.on("error", () => client.destroy());
        client.on("close", () => upstream.destroy());
        upstream.on("close", () => client.destroy());
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        if (head.length > 0) upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      } catch (error) {
        const message = `${error instanceof Error ? error.message : String(error)}\n`;
        client.end(`HTTP/1.1 502 Bad Gateway\r\ncontent-length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
      }
    },

    forward(request, response) {
      const url = URL.parse(request.url ?? "");
      const target = url?.protocol === "http:" ? parseTarget(url.host, 80) : undefined;
      if (!url || !target || !isAllowed(options.allow, target)) {
        request.resume();
        response.writeHead(403).end(refuse(url?.host ?? "a malformed address"));
        return;
      }
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !hopByHop.includes(name)));
      const upstream = httpRequest(
        {
          agent: agentFor(target),
          method: request.method,
          path: url.pathname + url.search,
          headers: { ...headers, host: url.host },
        },
        (answer) => {
          const kept = Object.entries(answer.headers).filter(([name]) => !hopByHop.includes(name));
          response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
          answer.pipe(response);
        },
      );
      upstream.on("error", (error) => {
        if (response.headersSent) response.destroy();
        else response.writeHead(502).end(`${error.message}\n`);
      });
      request.pipe(upstream);
    },

    close() {
      for (const agent of agents.values()) agent.destroy();
    },
  };

  function agentFor(target: Target): InstanceType<typeof Agent> {
    const authority = authorityOf(target);
    const known = agents.get(authority);
    if (known) return known;
    const agent = new Agent({ keepAlive: true });
    agent.createConnection = (_options, created) => {
      link.tunnel(options.step, authority).then(
        (socket) => created?.(null, socket),
        // the types ask for a stream beside an error; Node does not look at it
        (error: unknown) => created?.(error instanceof Error ? error : new Error(String(error)), new PassThrough()),
      );
      return undefined;
    };
    agents.set(authority, agent);
    return agent;
  }
}

function authorityOf(target: Target): string {
  return target.host.includes(":") ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`;
}
