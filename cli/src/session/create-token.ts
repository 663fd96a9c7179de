import { createToken } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { newSecretFile } from "../terminal/secret-file.ts";
import { readScopes } from "./scopes.ts";

export interface CreateTokenOptions {
  scope: string[];
  tokenFile: string;
  days: number;
}

/** `plumb tokens create`; the token is written to the file and printed nowhere, not in JSON either. */
export async function makeToken(context: Context, name: string, options: CreateTokenOptions): Promise<void> {
  const scopes = readScopes(options.scope);
  const client = await context.client();
  using file = newSecretFile(options.tokenFile);
  const { token, details } = await client.call(createToken, { body: { name, scopes, expiresInDays: options.days } });
  file.write(token);
  context.print({ details, tokenFile: options.tokenFile }, (shown) => [
    `Made ${shown.details.name}; it expires on ${shown.details.expiresAt?.slice(0, 10) ?? "no day"}.`,
    `The token is in ${shown.tokenFile}.`,
  ]);
}
