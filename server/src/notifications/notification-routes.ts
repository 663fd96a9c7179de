import { createChannel, deleteChannel, listChannels, listNotifications } from "@plumbline/contract";
import type { Notification, NotificationChannel } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import { listNotifications as newest } from "./list-notifications.ts";
import type { NotificationView } from "./list-notifications.ts";
import * as channels from "./manage-channels.ts";
import type { ChannelView } from "./manage-channels.ts";
import type { NotificationContext } from "./notification-context.ts";

/** Routes for channels and for what was sent. */
export function notificationRoutes(api: Api<Actor>, context: NotificationContext): void {
  register(api, listChannels, async ({ actor }) => ({
    items: (await channels.listChannels(context, actor)).map(presentChannel),
  }));
  register(api, createChannel, async ({ actor, body }) =>
    presentChannel(await channels.createChannel(context, actor, body)),
  );
  register(api, deleteChannel, async ({ actor, params }) => channels.deleteChannel(context, actor, params.id));
  register(api, listNotifications, async ({ actor }) => ({
    items: (await newest(context, actor)).map(presentNotification),
  }));
}

function presentChannel(channel: ChannelView): NotificationChannel {
  return { ...channel, createdAt: channel.createdAt.toISOString() };
}

function presentNotification(notification: NotificationView): Notification {
  const { id, event, subject, body, link, recipients, createdAt, deliveries } = notification;
  return {
    id,
    // The database holds what `notify` wrote, and that is of this type.
    event: event as Notification["event"],
    subject,
    body,
    link,
    recipients,
    at: createdAt.toISOString(),
    deliveries: deliveries.map((delivery) => ({
      channel: delivery.channel,
      address: delivery.address,
      attempts: delivery.attempts,
      deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
      lastError: delivery.lastError,
    })),
  };
}
