import { listTools, problem, withdrawTool } from "@plumbline/contract";
import type { Context } from "../command/context.ts";

/** `plumb tools withdraw`: every accepted binary of that version, or the one that is named. */
export async function withdraw(
  context: Context,
  name: "terraform" | "tofu",
  version: string,
  options: { hash?: string },
): Promise<void> {
  const client = await context.client();
  const { items } = await client.call(listTools, {});
  const fitting = items.filter(
    (tool) =>
      tool.name === name &&
      tool.version === version &&
      tool.withdrawnAt === null &&
      (options.hash === undefined || tool.sha256 === options.hash),
  );
  if (fitting.length === 0)
    throw problem("not_found", `No such ${name} ${version} is accepted.`, { next: "plumb tools list shows all." });
  for (const { sha256 } of fitting) await client.call(withdrawTool, { params: { hash: sha256 } });
  context.print({ withdrawn: fitting.map(({ sha256 }) => sha256) }, (shown) => [
    ...shown.withdrawn.map((sha256) => `Withdrew ${name} ${version}, SHA-256 ${sha256}.`),
    "What runs with it ends as it would have; nothing starts with it any more.",
  ]);
}
