import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { expressionsToRead, keptToClients } from "../access/kept-to-clients.ts";
import { peopleOf } from "../people/find-people.ts";
import type { NotificationContext } from "./notification-context.ts";
import { deliveriesOf, newestNotifications } from "./notification-store.ts";
import type { DeliveryRecord, NotificationRecord } from "./notification-store.ts";
import { audienceOfActor, toldTo } from "./told.ts";

/** A notification with the names of its recipients and what became of it. */
export interface NotificationView extends Omit<NotificationRecord, "recipients" | "environments" | "part"> {
  recipients: string[];
  deliveries: Omit<DeliveryRecord, "channelId">[];
}

/**
 * The newest notifications: to those who administer, all; to others, what was meant for them or for everybody and is
 * about what they may see. Who is kept to clients finds of each what he was told, and of people, addresses and channels
 * himself alone.
 */
export async function listNotifications(
  context: NotificationContext,
  actor: Actor,
  limit = 100,
): Promise<NotificationView[]> {
  authorize(actor, "organization.read");
  const kept = keptToClients(actor);
  const all = !kept && (may(actor, "notification.administer") || may(actor, "audit.read"));
  return context.db.transaction(actor.organizationId, async (tx) => {
    const names = new Map((await peopleOf(tx)).map(({ id, name }) => [id, name]));
    const found = await newestNotifications(tx, limit, {
      recipient: all ? undefined : (actor.id ?? undefined),
      expressions: expressionsToRead(actor),
    });
    const audience = audienceOfActor(actor);
    const shown = found.flatMap(({ environments, part, ...notification }) => {
      const { subject, body } = notification;
      const told = all ? { subject, body } : toldTo({ subject, body, environments, part }, audience);
      return told === null ? [] : [{ ...notification, subject: told.subject, body: told.body }];
    });
    const deliveries = await deliveriesOf(
      tx,
      shown.map(({ id }) => id),
    );
    return shown.map((notification) => ({
      ...notification,
      recipients: notification.recipients.filter((id) => !kept || id === actor.id).flatMap((id) => names.get(id) ?? []),
      deliveries: deliveries
        .filter(({ notificationId }) => notificationId === notification.id)
        .flatMap((delivery) => (kept ? ownDelivery(actor, delivery) : [delivery])),
    }));
  });
}

/** Of a delivery to his own address what concerns him: not how the channel is called, nor what a mail server said. */
function ownDelivery(actor: Actor, delivery: DeliveryRecord): Omit<DeliveryRecord, "channelId">[] {
  if (actor.email === null || delivery.address !== actor.email) return [];
  return [{ ...delivery, channel: "email", lastError: delivery.lastError === null ? null : "It did not arrive." }];
}
