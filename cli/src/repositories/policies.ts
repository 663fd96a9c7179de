import { getPolicyRepository, setPolicyRepository } from "@plumbline/contract";
import { InvalidArgumentError } from "commander";
import type { Context } from "../command/context.ts";

/** `plumb repositories policies` */
export async function policies(context: Context, name: string | undefined, none: boolean): Promise<void> {
  if (name !== undefined && none) throw new InvalidArgumentError("Name a repository, or give --none.");
  const client = await context.client();
  const now =
    name === undefined && !none
      ? await client.call(getPolicyRepository, {})
      : await client.call(setPolicyRepository, { body: { repository: name ?? null } });
  context.print(now, ({ repository, policies: files, problems }) => [
    repository === null
      ? "No repository has policies for the organization; each is judged by its own."
      : `${repository} has the policies for every repository of the organization: ${files === 1 ? "1 Rego file" : `${files} Rego files`}.`,
    ...problems.map(
      ({ message, file, line }) => `${file}:${line}: ${message} No plan can be judged until this is mended.`,
    ),
  ]);
}
