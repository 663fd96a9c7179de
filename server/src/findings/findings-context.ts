import type { Notify } from "../notifications/notify.ts";
import type { Log } from "../platform/log.ts";
import type { RepositoriesContext } from "../repositories/repositories-context.ts";

/** What weighing findings needs from outside. */
export interface FindingsContext extends Pick<RepositoriesContext, "db" | "clock" | "caches" | "forge"> {
  log: Log;
  notify: Notify;
}
