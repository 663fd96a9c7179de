import { problem } from "@plumbline/contract/errors";
import type { Terminal } from "../terminal/terminal.ts";
import { advised } from "./advised.ts";
import { makeClient } from "./client.ts";
import type { Client } from "./client.ts";
import { credentialsPath, readCredentials } from "./credentials.ts";
import { serverUrl } from "./server-url.ts";

/** Where to call, and with what. */
export interface Connection {
  url: string;
  token: string;
}

/** The address of the server alone. Throws `not_signed_in` where none is known. */
export function findServer(env: Terminal["env"]): string {
  const url = env["PLUMBLINE_URL"] || readCredentials(credentialsPath(env)).current;
  if (url === null) throw noServer();
  return serverUrl(url);
}

/** PLUMBLINE_URL and PLUMBLINE_TOKEN win over what `plumb login` keeps. Throws `not_signed_in` where neither says it. */
export function findConnection(env: Terminal["env"]): Connection {
  const given = {
    url: env["PLUMBLINE_URL"] || undefined,
    token: env["PLUMBLINE_TOKEN"] || undefined,
  };
  if (given.url !== undefined && given.token !== undefined) return { url: serverUrl(given.url), token: given.token };
  const kept = readCredentials(credentialsPath(env));
  const url = given.url === undefined ? kept.current : serverUrl(given.url);
  if (url === null) throw noServer();
  const token = given.token ?? kept.servers[url]?.token;
  if (token === undefined)
    throw problem("not_signed_in", `There is no token for ${url}.`, {
      next: `Run plumb login ${url}, or set PLUMBLINE_TOKEN.`,
    });
  return { url: serverUrl(url), token };
}

/** The API as the person of the token sees it. */
export function connect(env: Terminal["env"]): Client {
  const { url, token } = findConnection(env);
  return advised(makeClient(url, { authorization: `Bearer ${token}` }), env);
}

function noServer() {
  return problem("not_signed_in", "No server is known here.", {
    next: "Run plumb login URL, or set PLUMBLINE_URL and PLUMBLINE_TOKEN.",
  });
}
