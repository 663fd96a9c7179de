import { Problem, problem } from "@plumbline/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Actor } from "../access/actor.ts";
import type { Listener } from "../platform/database/index.ts";
import { sse } from "../platform/http/index.ts";
import type { Api, EventStream } from "../platform/http/index.ts";
import { announce, liveChannel } from "../platform/live.ts";
import type { Tx } from "../platform/database/pools.ts";

/** How many streams a person may have open on one server: far more than he has tabs in front of him. */
const mostStreams = 40;

/** Sessions and tokens also expire by themselves, which nobody announces. In milliseconds. */
const usualInterval = 30_000;

/** What an open stream needs to know whether whoever reads it still may. */
export interface StreamDoor {
  api: Pick<Api<Actor>, "authenticate">;
  listener: Listener;
  /** Milliseconds after which it is looked at without a reason; half a minute unless told. */
  lookAgainEvery?: number;
}

/**
 * Opens a stream of events for somebody who has been let in. It ends when the session or token does, and when the
 * rights are not the same any more: who still may comes back and is looked at anew. Throws `too_many_requests`.
 */
export function openStream(
  { api, listener, lookAgainEvery = usualInterval }: StreamDoor,
  actor: Actor,
  request: FastifyRequest,
  reply: FastifyReply,
): EventStream {
  const owner = `${actor.organizationId}/${actor.id}`;
  const open = [...request.server.eventStreams].filter((stream) => stream.owner === owner).length;
  if (open >= mostStreams)
    throw problem("too_many_requests", `${actor.name} has ${open} live connections open here already.`, {
      next: "Close some tabs or programs that read them.",
    });
  const stream = sse(request, reply, owner);
  const rights = rightsOf(actor);
  let looking = false;
  const look = async () => {
    if (looking || stream.signal.aborted) return;
    looking = true;
    try {
      const now = await api.authenticate(request);
      if (now === undefined || rightsOf(now) !== rights) stream.close();
    } catch (error) {
      // A database that is away says nothing about rights, and lets nothing through either.
      if (error instanceof Problem) stream.close();
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), lookAgainEvery);
  const topic = JSON.stringify(rightsTopic(actor.id));
  const stop = listener.on(liveChannel, (payload) => {
    if (payload === "" || payload.includes(topic)) void look();
  });
  const end = () => {
    clearInterval(timer);
    stop();
  };
  if (stream.signal.aborted) end();
  else stream.signal.addEventListener("abort", end, { once: true });
  return stream;
}

/** Has every open stream of a person looked at again, once the transaction has committed. */
export async function reviewStreams(tx: Tx, organizationId: string, personId: string | null): Promise<void> {
  await announce(tx, organizationId, [rightsTopic(personId)]);
}

/** Whether a topic is for `openStream` alone. */
export function isRightsTopic(topic: string): boolean {
  return topic.startsWith("rights:");
}

function rightsTopic(personId: string | null): string {
  return `rights:${personId}`;
}

function rightsOf({ id, roles, scopes }: Actor): string {
  return JSON.stringify([id, roles, scopes]);
}
