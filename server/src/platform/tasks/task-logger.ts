import { Logger } from "graphile-worker";
import type { Log } from "../log.ts";

/** The task queue's own messages in our log. Its debug lines carry payloads, so they are left out. */
export function taskLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === "error") log.error(message);
    else if (level === "warning") log.warn(message);
  });
}
