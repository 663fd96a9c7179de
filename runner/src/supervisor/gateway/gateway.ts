import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { EgressProxy } from "./egress-proxy.ts";
import { createServer } from "../http.ts";
import type { StateHandler } from "./state-proxy.ts";

/** What one step may reach. */
export interface Doors {
  state: StateHandler;
  egress: EgressProxy;
}

/** What a step is told, so that it finds its doors. */
export interface Keys {
  stateAddress: string;
  username: string;
  /** Good until `close`. */
  password: string;
  proxy: string;
}

/** The one listener of a run, on the loopback of its network: state API and egress proxy. */
export interface Gateway {
  open(doors: Doors): Keys;
  /** After this the last step's token is worth nothing. */
  close(): void;
  stop(): void;
}

const username = "run";

/**
 * Listens on a free port of the loopback.
 *
 * @param isAlone Whether the network is the run's own, in which every address is the loopback. Then none is named: Node
 *   looks at a named one with patterns that take 8 ms to compile.
 */
export async function startGateway(isAlone: boolean): Promise<Gateway> {
  let doors: Doors | undefined;
  let token = "";
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    if (!doors) {
      response.writeHead(403).end("No step is running.\n");
    } else if (!path.startsWith("/")) {
      doors.egress.forward(request, response);
    } else if (!/^\/state(\?|$)/.test(path)) {
      response.writeHead(404).end();
    } else if (isAuthorized(request, token)) {
      doors.state(request, response, path.slice("/state".length)).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    } else {
      response.writeHead(401).end("The token of this step is wrong.\n");
    }
  });
  server.requestTimeout = 0;
  server.on("connect", (request, client, head) => {
    if (doors) void doors.egress.connect(request.url ?? "", client, head);
    else client.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", resolve);
    if (isAlone) server.listen(0);
    else server.listen(0, "127.0.0.1");
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the gateway has no port");
  const origin = `http://127.0.0.1:${address.port}`;

  return {
    open(next) {
      doors = next;
      token = randomBytes(32).toString("base64url");
      return { stateAddress: `${origin}/state`, username, password: token, proxy: origin };
    },
    close() {
      doors?.egress.close();
      doors = undefined;
      token = "";
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function isAuthorized(request: IncomingMessage, token: string): boolean {
  const expected = Buffer.from(`Basic ${Buffer.from(`${username}:${token}`).toString("base64")}`);
  const given = Buffer.from(request.headers.authorization ?? "");
  return token !== "" && given.length === expected.length && timingSafeEqual(given, expected);
}
