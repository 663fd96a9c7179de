import { Logger } from "graphile-worker";
import type { Log } from "../log.ts";

/**
 * The task queue's own messages in our log. Left out are those about one task, whose failures `startTasks` logs by
 * itself, and debug lines: both may carry payloads.
 */
export function taskLogger(log: Log): Logger {
  return new Logger((scope) => (level, message, meta) => {
    if (scope.jobId !== undefined || meta?.["failure"] === true) return;
    if (level === "error") log.error(message);
    else if (level === "warning") log.warn(message);
  });
}
