import { createRunner } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { newSecretFile } from "../terminal/secret-file.ts";

export interface RegisterOptions {
  environment: string[];
  tokenFile: string;
}

/** `plumb runners register`; the token is written to the file and printed nowhere, not in JSON either. */
export async function register(context: Context, name: string, options: RegisterOptions): Promise<void> {
  const client = await context.client();
  using file = newSecretFile(options.tokenFile);
  const { token, runner } = await client.call(createRunner, {
    body: { name, environments: options.environment },
  });
  file.write(token);
  context.print({ runner, tokenFile: options.tokenFile }, (shown) => [
    `Registered ${shown.runner.name} for ${shown.runner.environments.join(", ")}.`,
    `Its token is in ${shown.tokenFile}.`,
  ]);
}
