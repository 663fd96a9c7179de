import { useEffect, useState } from "react";
import { call } from "./call.ts";
import { endpoints, type AnswerOf } from "./endpoints.ts";

export type LogLine = AnswerOf<"getRunLog">["lines"][number];

/** A run's log as far as it is known. `live`: more lines come by themselves. */
export interface RunLog {
  lines: readonly LogLine[];
  live: boolean;
  ended: boolean;
  /** That retention took it away. */
  pruned?: AnswerOf<"getRunLog">["pruned"];
  error: unknown;
}

const flushMs = 100;
const retryMs = 2_000;

/** Adds lines that are newer than the last one; the stream may repeat what was already loaded. */
export function appendLines(known: readonly LogLine[], more: readonly LogLine[]): readonly LogLine[] {
  const last = known.at(-1)?.id ?? 0;
  const fresh = more.filter(({ id }) => id > last);
  return fresh.length === 0 ? known : [...known, ...fresh];
}

/** Loads a run's log, then follows its stream until it ends; a lost stream is opened again from where it broke. */
export function useRunLog(number: number): RunLog {
  const [log, setLog] = useState<RunLog>({ lines: [], live: false, ended: false, error: null });
  useEffect(() => {
    let lines: readonly LogLine[] = [];
    let stopped = false;
    let source: EventSource | undefined;
    let waiting: LogLine[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (more: Partial<RunLog>) => {
      if (!stopped) setLog((before) => ({ ...before, ...more, lines }));
    };
    const flush = (more: Partial<RunLog>) => {
      lines = appendLines(lines, waiting);
      waiting = [];
      show(more);
    };
    const follow = () => {
      const [, path = ""] = endpoints.getRunLog.split(" ");
      source = new EventSource(`${path.replace(":number", String(number))}/stream`);
      let flushing = false;
      source.addEventListener("line", (event) => {
        // The stream's lines have the contract's shape: the server validates them.
        waiting.push(JSON.parse(String(event.data)) as LogLine);
        if (flushing) return;
        flushing = true;
        setTimeout(() => {
          flushing = false;
          flush({ live: true });
        }, flushMs);
      });
      source.addEventListener("end", () => {
        source?.close();
        flush({ live: false, ended: true });
      });
      source.addEventListener("error", () => {
        source?.close();
        flush({ live: false });
        timer = setTimeout(() => void load(), retryMs);
      });
    };
    const load = async () => {
      try {
        const answer = await call("getRunLog", { params: { number }, query: { after: lines.at(-1)?.id ?? 0 } });
        if (stopped) return;
        lines = appendLines(lines, answer.lines);
        show({ live: !answer.ended, ended: answer.ended, pruned: answer.pruned, error: null });
        if (!answer.ended) follow();
      } catch (error) {
        show({ error });
      }
    };
    void load();
    return () => {
      stopped = true;
      clearTimeout(timer);
      source?.close();
    };
  }, [number]);
  return log;
}
