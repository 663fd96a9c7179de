import { watch } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type RunKey, type ServerClient, ServerRefused } from "../jobs/server-client.ts";
import { log } from "../log.ts";
import { journalReader } from "./journal-reader.ts";

/** Pause in which events are gathered before they are sent, in milliseconds: a report is a transaction of the server's. */
const gather = 300;
/** With this many at once it is better not to wait for more. */
const enough = 100;

/** Sends a run's journal to the server as it grows. */
export interface JournalForwarder {
  /** Sends what is left; true when the server has all, false when it no longer wants it. */
  drain(): Promise<boolean>;
  /** Stops without sending the rest; a later forwarder begins anew and sends all again. */
  abandon(): void;
}

/** What a forwarder learns from the server's answers. */
export interface ForwarderNews {
  cancel(): void;
  leaseLost(): void;
}

/**
 * At least once: events are sent again until the server acknowledges their sequence number, by which it knows what it
 * has already. `folder` is watched for the journal to appear and grow.
 */
export function forwardJournal(
  folder: string,
  file: string,
  run: RunKey,
  server: ServerClient,
  news: ForwarderNews,
): JournalForwarder {
  const reader = journalReader(file);
  let ending: "no" | "drain" | "abandon" = "no";
  let wake = () => {};
  let hurry = () => {};
  const watcher = watch(folder, (_event, name) => {
    if (name === null || file.endsWith(name)) wake();
  });
  const changed = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 2_000); // a missed notice costs two seconds, not the run
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (ending !== "no") wake();
    });
  const lingered = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, gather);
      hurry = () => {
        clearTimeout(timer);
        resolve();
      };
      if (ending !== "no") hurry();
    });
  const end = (how: "drain" | "abandon") => {
    ending = how;
    wake();
    hurry();
  };
  const ended = forward().finally(() => watcher.close());
  return {
    drain() {
      end("drain");
      return ended;
    },
    abandon: () => end("abandon"),
  };

  async function forward(): Promise<boolean> {
    for (let pause = 100; ending !== "abandon";) {
      const events = reader.peek();
      if (events.length === 0) {
        if (ending === "drain") return true;
        await changed();
        await lingered();
        continue;
      }
      try {
        const answer = await server.sendEvents(run, events);
        reader.advance(answer.acknowledged);
        if (answer.cancel) news.cancel();
        pause = 100;
        if (events.length < enough) await lingered();
      } catch (error) {
        if (error instanceof ServerRefused && error.status < 500 && error.status !== 408 && error.status !== 429) {
          log("warn", "the server does not take the events of a run", { run: run.runId, error: error.message });
          news.leaseLost();
          return false;
        }
        await sleep(pause);
        pause = Math.min(pause * 2, 5_000);
      }
    }
    return false;
  }
}
