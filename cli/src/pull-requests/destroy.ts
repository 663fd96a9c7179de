import { openPullRequest } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { chooseRepository } from "../connection/choose-repository.ts";
import { confirm } from "../terminal/prompt.ts";
import { printableLine } from "../terminal/clean.ts";
import { outcomeLines } from "./outcome.ts";

export interface DestroyOptions {
  title?: string;
  ticket?: string;
  repository?: string;
  yes?: boolean;
}

/** `plumb destroy`: asks for the name of each workspace; the pull request is then shown and approved like any other. */
export async function destroyWorkspaces(
  context: Context,
  workspaces: string[],
  options: DestroyOptions,
): Promise<void> {
  if (options.yes !== true && !context.terminal.isTerminal.stdin)
    throw new UsageFault("Destruction is confirmed on a terminal.", "In scripts give --yes.");
  const client = await context.client();
  const repository = await chooseRepository(client, options.repository);
  if (options.yes !== true)
    for (const workspace of workspaces)
      await confirm(
        context.terminal,
        `Everything in ${printableLine(workspace)} is planned for destruction. Type its name: `,
        workspace,
      );
  const answer = await client.call(openPullRequest, {
    body: {
      repository,
      purpose: "destroy",
      title: options.title ?? `Destroy ${workspaces.join(", ")}`.slice(0, 200),
      workspaces,
      ticket: options.ticket,
    },
  });
  context.print(answer, (shown, look) => outcomeLines("Opened", shown, look));
}
