import { z } from "zod";
import { peopleOf } from "../people/find-people.ts";
import type { PersonView } from "../people/find-people.ts";
import { handleTask, task } from "../platform/tasks/index.ts";
import type { TaskHandler } from "../platform/tasks/index.ts";
import { openTarget } from "./manage-channels.ts";
import type { NotificationContext } from "./notification-context.ts";
import { deliveriesOf, findNotification, listChannels, noteDelivery } from "./notification-store.ts";
import type { ChannelRecord, NotificationRecord } from "./notification-store.ts";
import { postJson } from "./post-json.ts";
import { audienceOfChannel, audienceOfRoles, toldTo } from "./told.ts";
import type { Told } from "./told.ts";

/** The delivery of one notification, scheduled with it. */
export const deliverNotificationTask = task(
  "deliver-notification",
  z.object({ organizationId: z.uuid(), notificationId: z.uuid() }),
);

/** The work of that task. */
export function notificationDelivery(context: NotificationContext): TaskHandler {
  return handleTask(deliverNotificationTask, (payload) => deliverNotification(context, payload));
}

interface Delivery {
  channel: ChannelRecord;
  /** Where to: a mail address, or the channel's name for a webhook, whose URL is a secret. */
  address: string;
  send: () => Promise<void>;
}

/**
 * Delivers a notification to every channel that wants its event and is for its environments, to each what its readers
 * may see and only once. Throws when one of them
 * failed, so that the task is tried again for those; what was delivered stays delivered.
 */
async function deliverNotification(
  context: NotificationContext,
  payload: { organizationId: string; notificationId: string },
): Promise<void> {
  const { organizationId, notificationId } = payload;
  const { notification, channels, people, done } = await context.db.transaction(organizationId, async (tx) => ({
    notification: await findNotification(tx, notificationId),
    channels: await listChannels(tx),
    people: await peopleOf(tx),
    done: (await deliveriesOf(tx, [notificationId])).filter(({ deliveredAt }) => deliveredAt !== null),
  }));
  if (notification === undefined) return;
  const wanted = channels.filter((channel) => channel.events.includes(notification.event));
  const deliveries = wanted
    .flatMap((channel) => deliveriesTo(context, organizationId, channel, notification, people))
    .filter(({ channel, address }) => !done.some((one) => one.channelId === channel.id && one.address === address));
  const errors = await Promise.all(
    deliveries.map((delivery) => attempt(context, organizationId, notificationId, delivery)),
  );
  const failed = errors.filter((error) => error !== null);
  if (failed.length > 0) throw new Error(`${failed.length} of ${deliveries.length} deliveries failed: ${failed[0]}`);
}

async function attempt(
  context: NotificationContext,
  organizationId: string,
  notificationId: string,
  { channel, address, send }: Delivery,
): Promise<string | null> {
  const error = await send().then(
    () => null,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)).slice(0, 500),
  );
  await context.db.transaction(organizationId, (tx) =>
    noteDelivery(tx, organizationId, { notificationId, channelId: channel.id, address }, error),
  );
  return error;
}

function deliveriesTo(
  context: NotificationContext,
  organizationId: string,
  channel: ChannelRecord,
  notification: NotificationRecord,
  people: PersonView[],
): Delivery[] {
  const audience = audienceOfChannel(channel.environments, notification);
  if (audience === undefined) return [];
  const target = openTarget(context, organizationId, channel);
  const link = context.publicUrl + notification.link;
  const told = toldTo(notification, audience);
  if (channel.kind !== "email") {
    if (told === null) return [];
    // Who works here is nothing that a client's channel tells.
    const concerned = people.filter(({ id }) => !audience.kept && notification.recipients.includes(id));
    const body =
      channel.kind === "slack"
        ? { text: `*${escapeSlack(told.subject)}*\n${escapeSlack(told.body)}\n<${link}|Open in Plumbline>` }
        : {
            event: notification.event,
            ...told,
            link,
            recipients: concerned.map(({ name }) => name),
            at: notification.createdAt.toISOString(),
            id: notification.id,
          };
    return [{ channel, address: channel.name, send: () => post(context, target, body) }];
  }
  const { sendMail } = context;
  if (sendMail === undefined) return [];
  const mails = target === "people" ? mailsToPeople(notification, people) : told === null ? [] : [{ to: target, told }];
  return mails.map(({ to, told: { subject, body } }) => ({
    channel,
    address: to,
    send: () => sendMail({ to, subject, text: `${body}\n\n${link}\n` }),
  }));
}

/** Who of the people it is meant for gets which mail: each what he may see of it, and nothing where that is nothing. */
function mailsToPeople(notification: NotificationRecord, people: readonly PersonView[]): { to: string; told: Told }[] {
  const { recipients } = notification;
  return people
    .filter(({ id, disabled }) => !disabled && (recipients.length === 0 || recipients.includes(id)))
    .flatMap(({ email, roles }) => {
      const audience = audienceOfRoles(roles);
      const told = audience && toldTo(notification, audience);
      return email === null || told === undefined || told === null ? [] : [{ to: email, told }];
    });
}

async function post(context: NotificationContext, target: string, body: unknown): Promise<void> {
  const url = new URL(target);
  const options = { allowPrivate: context.allowPrivateTargets, milliseconds: context.timeout * 1000 };
  const status = await postJson(url, body, options).catch((cause: unknown) => {
    // The URL is a secret and stands in some errors' text.
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no answer";
    throw new Error(`${url.host}: ${code === "invalid_request" ? "an address inside" : code}`, { cause });
  });
  if (status < 200 || status > 299) throw new Error(`${url.host} answered ${status}`);
}

/** Slack's three control characters. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
