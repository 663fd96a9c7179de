import { hostname } from "node:os";
import { createToken, whoAmI } from "@plumbline/contract";
import type { Me } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { makeClient } from "../connection/client.ts";
import { credentialsPath, readCredentials, writeCredentials } from "../connection/credentials.ts";
import type { Credential } from "../connection/credentials.ts";
import { serverUrl } from "../connection/server-url.ts";
import { ask, readSecret, readStdin } from "../terminal/prompt.ts";
import { readScopes } from "./scopes.ts";
import { withSession } from "./with-session.ts";

export interface LoginOptions {
  name?: string;
  organization?: string;
  scope?: string[];
  days: number;
  tokenStdin?: boolean;
}

/** `plumb login`: the password is used once and not kept; what is kept is an API token of its own. */
export async function login(context: Context, address: string, options: LoginOptions): Promise<void> {
  const url = serverUrl(address);
  const path = credentialsPath(context.terminal.env);
  const kept = readCredentials(path);
  const { me, credential } =
    options.tokenStdin === true ? await withToken(context, url) : await withPassword(context, url, options);
  writeCredentials(path, { current: url, servers: { ...kept.servers, [url]: credential } });
  if (context.terminal.env["PLUMBLINE_TOKEN"] || context.terminal.env["PLUMBLINE_URL"])
    context.say("Note: PLUMBLINE_URL or PLUMBLINE_TOKEN is set here and wins over this sign-in.");
  context.print(me, ({ name, organization }) => [
    `Signed in at ${url} as ${name} of ${organization}.`,
    `The token is in ${path}${credential.expiresAt === null ? "" : ` and expires on ${credential.expiresAt.slice(0, 10)}`}.`,
  ]);
}

interface SignedIn {
  me: Me;
  credential: Credential;
}

async function withToken({ terminal }: Context, url: string): Promise<SignedIn> {
  if (terminal.isTerminal.stdin)
    throw new UsageFault("--token-stdin reads a pipe or a file.", "Write: plumb login URL --token-stdin < FILE");
  const token = (await readStdin(terminal)).trim();
  if (!/^[\x21-\x7E]+$/.test(token)) throw new UsageFault("stdin holds no token.", "Pipe one line with the token.");
  const me = await makeClient(url, { authorization: `Bearer ${token}` }).call(whoAmI, {});
  return {
    me,
    credential: { token, id: null, organization: me.organization, name: me.name, expiresAt: null },
  };
}

async function withPassword({ terminal }: Context, url: string, options: LoginOptions): Promise<SignedIn> {
  const scopes = readScopes(options.scope ?? ["all"]);
  if (!terminal.isTerminal.stdin)
    throw new UsageFault("A password is asked for on a terminal.", "In scripts use --token-stdin, or PLUMBLINE_TOKEN.");
  const name = options.name ?? (await ask(terminal, "Name: ")).trim();
  const password = await readSecret(terminal, "Password: ");
  const person = { name, password, organization: options.organization };
  const { me, made } = await withSession(url, person, async (session, me) => ({
    me,
    made: await session.call(createToken, {
      body: { name: `plumb on ${hostname()}`.slice(0, 100), scopes, expiresInDays: options.days },
    }),
  }));
  const { id, expiresAt } = made.details;
  return {
    me,
    credential: { token: made.token, id, organization: me.organization, name: me.name, expiresAt },
  };
}
