import { signIn, signOut } from "@plumbline/contract";
import type { Me } from "@plumbline/contract";
import { notPlumbline } from "../connection/answers.ts";
import { makeClient, readJson, send } from "../connection/client.ts";
import type { Client } from "../connection/client.ts";

/**
 * Signs in with a password for as long as `act` takes: what only a session may do is done in it. Neither the password
 * nor the session is kept. Throws `wrong_credentials`.
 */
export async function withSession<Result>(
  url: string,
  person: { name: string; password: string; organization?: string | undefined },
  act: (session: Client, me: Me) => Promise<Result>,
): Promise<Result> {
  const response = await send(url, {}, signIn, { body: person });
  const me = await readJson<Me>(url, response);
  const cookie = (response.headers["set-cookie"] ?? []).map((line) => line.split(";")[0] ?? "");
  if (cookie.length === 0) throw notPlumbline(url, response);
  const session = makeClient(url, { cookie: cookie.join("; ") });
  try {
    return await act(session, me);
  } finally {
    await session.call(signOut, {});
  }
}
