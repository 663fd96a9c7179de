import type { FastifyReply, FastifyRequest } from "fastify";

declare module "fastify" {
  interface FastifyInstance {
    /** Streams that are open now; the app ends them when it closes. */
    eventStreams: Set<EventStream>;
  }
}

/** One event: `data` travels as JSON; the browser repeats the `id` of the last one it saw when it reconnects. */
interface StreamEvent {
  event?: string;
  id?: string;
  data: unknown;
}

/** A stream of server-sent events to one client. */
export interface EventStream {
  /** Who reads it; streams of one owner can be counted. */
  readonly owner: string | undefined;
  /** The last event that the client saw before it lost the connection. */
  readonly lastEventId: string | undefined;
  /** Aborts when the client is gone, is too slow, or the server stops. */
  readonly signal: AbortSignal;
  send(event: StreamEvent): void;
  close(): void;
}

const heartbeat = 15_000;

/** A client that has this many bytes waiting is cut off; it comes back and reads on from its last event. */
const mostWaiting = 4 * 1024 * 1024;

/**
 * Turns the answer into a stream of server-sent events (HTML standard, text/event-stream). From here on the handler
 * must not answer otherwise; the stream ends with `close()`, with the client, or with the server.
 */
export function sse(request: FastifyRequest, reply: FastifyReply, owner?: string): EventStream {
  const streams = request.server.eventStreams;
  const gone = new AbortController();
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no", // nginx
  });
  const write = (text: string) => {
    if (gone.signal.aborted) return;
    raw.write(text);
    if (raw.writableLength > mostWaiting) raw.destroy();
  };
  write("retry: 2000\n\n");
  const beat = setInterval(() => write(": still here\n\n"), heartbeat);
  const lastEventId = request.headers["last-event-id"];
  const stream: EventStream = {
    owner,
    lastEventId: typeof lastEventId === "string" ? lastEventId : undefined,
    signal: gone.signal,
    send: (event) => write(format(event)),
    close: () => raw.end(),
  };
  streams.add(stream);
  const end = () => {
    clearInterval(beat);
    streams.delete(stream);
    gone.abort();
  };
  // A client that left while it was asked who he is has been closed already: no event would tell of it any more.
  if (raw.destroyed) end();
  else raw.once("close", end);
  return stream;
}

/** Event names and ids are ours; a line break in one would start a field of its own. */
function format({ event, id, data }: StreamEvent): string {
  const line = (name: string, value: string | undefined) =>
    value === undefined ? "" : `${name}: ${value.replaceAll(/[\r\n\0]/g, " ")}\n`;
  return `${line("event", event)}${line("id", id)}data: ${JSON.stringify(data)}\n\n`;
}
