import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { peopleOf } from "../people/find-people.ts";
import type { NotificationContext } from "./notification-context.ts";
import { deliveriesOf, newestNotifications } from "./notification-store.ts";
import type { DeliveryRecord, NotificationRecord } from "./notification-store.ts";

/** A notification with the names of its recipients and what became of it. */
export interface NotificationView extends Omit<NotificationRecord, "recipients"> {
  recipients: string[];
  deliveries: DeliveryRecord[];
}

/**
 * The newest notifications: to those who administer, all; to others, what was meant for them or for everybody; none to
 * who is kept to clients.
 */
export async function listNotifications(
  context: NotificationContext,
  actor: Actor,
  limit = 100,
): Promise<NotificationView[]> {
  authorize(actor, "organization.read");
  // What was told to several tells of all that it is about.
  if (keptToClients(actor)) return [];
  return context.db.transaction(actor.organizationId, async (tx) => {
    const names = new Map((await peopleOf(tx)).map(({ id, name }) => [id, name]));
    const all = may(actor, "notification.administer") || may(actor, "audit.read");
    const shown = (await newestNotifications(tx, limit)).filter(
      ({ recipients }) => all || recipients.length === 0 || recipients.includes(actor.id ?? ""),
    );
    const deliveries = await deliveriesOf(
      tx,
      shown.map(({ id }) => id),
    );
    return shown.map((notification) => ({
      ...notification,
      recipients: notification.recipients.flatMap((id) => names.get(id) ?? []),
      deliveries: deliveries.filter(({ notificationId }) => notificationId === notification.id),
    }));
  });
}
