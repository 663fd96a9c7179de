import { listTools } from "@plumbline/contract";
import type { ToolLock } from "@plumbline/contract";
import type { Context } from "../command/context.ts";

/** `plumb tools lock`: the same with and without `--json`, since it is a file. */
export async function printLock(context: Context): Promise<void> {
  const client = await context.client();
  const { items } = await client.call(listTools, {});
  const lock: ToolLock = {
    version: 1,
    tools: items
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map(({ name, version, platform, sha256, source, archive }) => ({
        name,
        version,
        platform,
        sha256,
        source,
        archive,
      })),
  };
  context.print(lock, (shown) => JSON.stringify(shown, undefined, 2).split("\n"));
}
