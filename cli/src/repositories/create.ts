import { createRepository } from "@plumbline/contract";
import type { Context } from "../command/context.ts";

/** `plumb repositories create` */
export async function create(context: Context, name: string): Promise<void> {
  const client = await context.client();
  const created = await client.call(createRepository, { body: { name } });
  context.print(created, ({ gitUrl }) => [
    `Created ${gitUrl}`,
    "Next: an administrator pushes the rules to main once; then everything comes by pull request.",
  ]);
}
