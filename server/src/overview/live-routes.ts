import { streamEvents } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import type { Listener } from "../platform/database/index.ts";
import { isRightsTopic, openStream } from "../people/open-stream.ts";
import { register } from "../platform/http/index.ts";
import type { Api, EventStream } from "../platform/http/index.ts";
import { liveChannel } from "../platform/live.ts";
import type { LiveMessage } from "../platform/live.ts";

interface Watcher {
  actor: Actor;
  stream: EventStream;
}

/**
 * One stream per page: when something changes, the page is told the topics and loads again what it shows. One
 * connection to the database serves all of them. A message that was missed while it was lost means "look yourself".
 */
export function liveRoutes(api: Api<Actor>, listener: Listener): void {
  const watchers = new Set<Watcher>();
  listener.on(liveChannel, (payload) => {
    const message = payload === "" ? undefined : (JSON.parse(payload) as LiveMessage);
    const at = new Date().toISOString();
    for (const { actor, stream } of watchers) {
      if (message === undefined) stream.send({ event: "changed", data: { topics: ["*"], at } });
      else if (message.organizationId === actor.organizationId) {
        const topics = message.topics.filter((topic) => mayHear(actor, topic));
        if (topics.length > 0) stream.send({ event: "changed", data: { topics, at } });
      }
    }
  });
  register(api, streamEvents, async ({ actor, request, reply }) => {
    authorize(actor, "organization.read");
    const watcher = { actor, stream: openStream({ api, listener }, actor, request, reply) };
    watchers.add(watcher);
    watcher.stream.signal.addEventListener("abort", () => watchers.delete(watcher), { once: true });
  });
}

/** A workspace's name tells its environment; who may not read that does not hear of it. */
function mayHear(actor: Actor, topic: string): boolean {
  if (isRightsTopic(topic)) return false;
  const environment = /^workspace:[^/]+\/(.+)$/.exec(topic)?.[1];
  return environment === undefined || may(actor, "environment.read", environment);
}
