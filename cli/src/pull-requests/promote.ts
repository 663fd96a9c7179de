import { promote } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { chooseRepository } from "../connection/choose-repository.ts";
import { outcomeLines } from "./outcome.ts";

export interface PromoteOptions {
  commit?: string;
  label?: string;
  title?: string;
  ticket?: string;
  repository?: string;
}

/** `plumb promote` */
export async function promoteEnvironments(
  context: Context,
  environments: string[],
  options: PromoteOptions,
): Promise<void> {
  const { repository: named, ...more } = options;
  if (options.commit !== undefined && !/^[0-9a-f]{40}$/.test(options.commit))
    throw new UsageFault(
      "--commit is not a full commit id.",
      "Give all 40 digits: git rev-parse origin/main writes them.",
    );
  const client = await context.client();
  const repository = await chooseRepository(client, named);
  const { commit, label, title, ticket } = more;
  const answer = await client.call(promote, {
    body: { repository, environments, commit, label, title, ticket },
  });
  context.print(answer, (shown, look) => outcomeLines("Opened", shown, look));
}
