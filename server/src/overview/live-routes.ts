import { streamEvents } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import type { Listener } from "../platform/database/index.ts";
import { isRightsTopic, openStream } from "../people/open-stream.ts";
import { register } from "../platform/http/index.ts";
import type { Api, EventStream } from "../platform/http/index.ts";
import { liveChannel } from "../platform/live.ts";
import type { LiveMessage } from "../platform/live.ts";
import { mayHear, topicsFor } from "./live-sight.ts";
import type { LiveSight } from "./live-sight.ts";

interface Watcher {
  actor: Actor;
  stream: EventStream;
}

/**
 * One stream per page: when something changes, the page is told the topics and loads again what it shows. One
 * connection to the database serves all of them. A message that was missed while it was lost means "look yourself".
 */
export function liveRoutes(api: Api<Actor>, listener: Listener, sight: LiveSight): void {
  const watchers = new Set<Watcher>();
  listener.on(liveChannel, (payload) => {
    const message = payload === "" ? undefined : (JSON.parse(payload) as LiveMessage);
    const at = new Date().toISOString();
    for (const { actor, stream } of watchers) {
      if (message === undefined) stream.send({ event: "changed", data: { topics: ["*"], at } });
      else if (message.organizationId === actor.organizationId && keptToClients(actor))
        void topicsFor(sight, actor, message.topics).then((topics) => {
          if (topics.length > 0 && !stream.signal.aborted) stream.send({ event: "changed", data: { topics, at } });
        });
      else if (message.organizationId === actor.organizationId) {
        const topics = message.topics.filter((topic) => !isRightsTopic(topic) && mayHear(actor, topic));
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
