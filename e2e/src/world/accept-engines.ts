import { acceptTool, listRunners, listTools } from "@plumbline/contract";
import type { ApiClient } from "./api.ts";
import { until } from "./wait.ts";

/** Waits until a runner answers, and accepts the engines that runners have, as an administrator does once for each. */
export async function acceptEngines(administrator: ApiClient): Promise<void> {
  await until("the runner", async () =>
    (await administrator.call(listRunners, {})).items.some(({ online, engines }) => online && engines.length > 0)
      ? true
      : undefined,
  );
  const { found } = await administrator.call(listTools, {});
  for (const { runners, ...tool } of found)
    await administrator.call(acceptTool, {
      body: { ...tool, source: `found on runner ${runners.join(", ")}`, archive: null },
    });
}
