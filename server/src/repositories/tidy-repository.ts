import { z } from "zod";
import type { RepositoryKey } from "../forges/forge.ts";
import type { Storage } from "../forges/builtin/tidy.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { Log } from "../platform/log.ts";
import { addTask, task } from "../platform/tasks/index.ts";
import { repositoryWithId } from "./find-repository.ts";
import type { RepositoriesContext } from "./repositories-context.ts";

const dayMilliseconds = 86_400_000;

/** Stores a repository's objects compactly. */
export const tidyTask = task("repositories.tidy", z.object({ organizationId: z.uuid(), repositoryId: z.uuid() }));

/**
 * Has a repository tidied a day after something was first written to it since the last time: daily where there is work,
 * never where there is none. One repository is tidied at a time, apart from what its pull requests wait for.
 */
export async function tidyLater(
  tx: Tx,
  context: Pick<RepositoriesContext, "clock">,
  key: RepositoryKey,
): Promise<void> {
  const { organizationId, repositoryId } = key;
  await addTask(
    tx,
    tidyTask,
    { organizationId, repositoryId },
    {
      jobKey: `tidy:${repositoryId}`,
      jobKeyMode: "preserve_run_at",
      runAt: new Date(context.clock.now().getTime() + dayMilliseconds),
      queue: "tidy",
    },
  );
}

/** Tidies it now. It changes nothing that anybody sees, so it is logged and no entry of the audit. */
export async function tidyRepository(
  context: Pick<RepositoriesContext, "db" | "forge">,
  key: RepositoryKey,
  log: Log,
): Promise<void> {
  const { organizationId, repositoryId } = key;
  const { name } = await context.db.transaction(organizationId, (tx) => repositoryWithId(tx, repositoryId));
  const started = performance.now();
  const { packed, before, after } = await context.forge.tidy(key);
  const milliseconds = Math.round(performance.now() - started);
  const fields = { organizationId, repository: name, milliseconds };
  const words = (storage: Storage) =>
    `${storage.loose} loose objects and ${storage.packs} packs, ${Math.ceil(storage.bytes / 1024)} KiB`;
  if (packed) log.info(`packed a repository: ${words(before)} are now ${words(after)}`, fields);
  else log.debug(`a repository needs no packing: ${words(before)}`, fields);
}
