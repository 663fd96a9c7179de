import type { FastifyReply, FastifyRequest } from "fastify";
import type { Actor } from "../../access/actor.ts";
import { openStream } from "../../people/open-stream.ts";
import type { Api } from "../../platform/http/index.ts";
import { liveChannel } from "../../platform/live.ts";
import { readLog } from "./read-runs.ts";
import type { RunsContext } from "../runs-context.ts";

/**
 * Sends a run's log as it grows: events `line`, then `end`. A browser that comes back goes on after its last line.
 */
export async function streamLog(
  context: RunsContext,
  api: Pick<Api<Actor>, "authenticate">,
  actor: Actor,
  number: number,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  // Errors (no such run, no right) are answered before the stream begins.
  let news = await readLog(context, actor, number, 0);
  const stream = openStream({ api, listener: context.listener }, actor, request, reply);
  let sent = Number(stream.lastEventId ?? 0) || 0;
  const topic = `"run:${number}"`;
  let wake = Promise.withResolvers<void>();
  const stop = context.listener.on(liveChannel, (payload) => {
    if (payload === "" || payload.includes(topic)) wake.resolve();
  });
  stream.signal.addEventListener("abort", () => wake.resolve());
  try {
    while (!stream.signal.aborted) {
      for (const line of news.lines) {
        if (line.id <= sent) continue;
        stream.send({ event: "line", id: String(line.id), data: line });
        sent = line.id;
      }
      if (news.ended) {
        stream.send({ event: "end", data: {} });
        return;
      }
      if (news.lines.length === 0) await wake.promise;
      wake = Promise.withResolvers<void>();
      if (!stream.signal.aborted) news = await readLog(context, actor, number, sent);
    }
  } catch (error) {
    context.log.warn("a log stream ended", { run: number, error });
  } finally {
    stop();
    stream.close();
  }
}
