import { Problem, revokeToken } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { makeClient } from "../connection/client.ts";
import { credentialsPath, readCredentials, writeCredentials } from "../connection/credentials.ts";
import { serverUrl } from "../connection/server-url.ts";

/** `plumb logout`: a token that login made is revoked; one that was given is only forgotten. */
export async function logout(context: Context, address: string | undefined): Promise<void> {
  const path = credentialsPath(context.terminal.env);
  const kept = readCredentials(path);
  const url = address === undefined ? kept.current : serverUrl(address);
  const { [url ?? ""]: known, ...others } = kept.servers;
  if (url === null || known === undefined)
    return context.print({ url, revoked: false }, () => ["You are not signed in here."]);
  const revoked = known.id !== null && (await revoke(context, url, known.token, known.id));
  writeCredentials(path, { current: kept.current === url ? null : kept.current, servers: others });
  context.print({ url, revoked }, () => [`Signed out of ${url}${revoked ? "; the token is revoked" : ""}.`]);
}

/** Whether the server revoked it. It is forgotten here in any case. */
async function revoke(context: Context, url: string, token: string, id: string): Promise<boolean> {
  try {
    await makeClient(url, { authorization: `Bearer ${token}` }).call(revokeToken, {
      params: { id },
    });
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code !== "not_signed_in")
      context.say(`The token could not be revoked (${error.title}); revoke it in the web pages.`);
    return false;
  }
}
