import { createToken, whoAmI } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { readSecret } from "../terminal/prompt.ts";
import { newSecretFile } from "../terminal/secret-file.ts";
import { readScopes } from "./scopes.ts";
import { withSession } from "./with-session.ts";

export interface CreateTokenOptions {
  scope: string[];
  tokenFile: string;
  days: number;
}

/**
 * `plumb tokens create`. A token cannot make another one, so the password is asked for, used once and not kept. What is
 * made is written to the file and printed nowhere, not in JSON either.
 */
export async function makeToken(context: Context, name: string, options: CreateTokenOptions): Promise<void> {
  const scopes = readScopes(options.scope);
  const client = await context.client();
  const me = await client.call(whoAmI, {});
  using file = newSecretFile(options.tokenFile);
  const password = await readSecret(context.terminal, `Password of ${me.name}: `);
  const { token, details } = await withSession(
    client.url,
    { name: me.name, organization: me.organization, password },
    (session) => session.call(createToken, { body: { name, scopes, expiresInDays: options.days } }),
  );
  file.write(token);
  context.print({ details, tokenFile: options.tokenFile }, (shown) => [
    `Made ${shown.details.name}; it expires on ${shown.details.expiresAt?.slice(0, 10) ?? "no day"}.`,
    `The token is in ${shown.tokenFile}.`,
  ]);
}
