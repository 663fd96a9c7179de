import { openPullRequest } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { chooseRepository } from "../connection/choose-repository.ts";
import { outcomeLines } from "./outcome.ts";

export interface OpenOptions {
  title?: string;
  description?: string;
  ticket?: string;
  repository?: string;
}

/** `plumb prs open`: plans workspaces as main declares them. */
export async function openPr(context: Context, workspaces: string[], options: OpenOptions): Promise<void> {
  const { title, description, ticket } = options;
  const client = await context.client();
  const repository = await chooseRepository(client, options.repository);
  const answer = await client.call(openPullRequest, {
    body: {
      repository,
      purpose: "change",
      title: title ?? `Apply ${workspaces.join(", ")} as main declares`.slice(0, 200),
      description,
      workspaces,
      ticket,
    },
  });
  context.print(answer, (shown, look) => [
    ...outcomeLines("Opened", shown, look),
    `Next: plumb prs watch ${shown.number}`,
  ]);
}
