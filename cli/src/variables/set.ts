import { setVariable } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { chooseRepository } from "../connection/choose-repository.ts";
import { outcomeLines } from "../pull-requests/outcome.ts";
import { printableLine } from "../terminal/clean.ts";
import { readSecret } from "../terminal/prompt.ts";

export interface SetOptions {
  environment: string;
  component: string;
  ticket?: string;
  repository?: string;
}

/** `plumb variables set`: the value comes from a prompt without echo or from stdin, less one line end at its end. */
export async function setSealed(context: Context, name: string, options: SetOptions): Promise<void> {
  const { environment, component, ticket } = options;
  const client = await context.client();
  const repository = await chooseRepository(client, options.repository);
  const value = await readSecret(
    context.terminal,
    `Value of ${printableLine(name)} in ${printableLine(environment)}: `,
  );
  const answer = await client.call(setVariable, {
    body: { repository, environment, component, name, value, ticket },
  });
  context.print(answer, ({ version, pullRequest }, look) => [
    `Stored as version ${version}.`,
    ...(pullRequest === null
      ? ["No pull request was opened: main is empty, or its sealed.yaml names this version already."]
      : outcomeLines("The pull request that puts it in use", pullRequest, look)),
  ]);
}
