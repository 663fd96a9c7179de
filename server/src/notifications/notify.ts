import type { NotificationEvent } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import { addTask } from "../platform/tasks/index.ts";
import { deliverNotificationTask } from "./deliver-notification.ts";
import type { NotificationContext } from "./notification-context.ts";
import { insertNotification } from "./notification-store.ts";

/** Something people are told. */
export interface Notice {
  event: NotificationEvent;
  /** One line. */
  subject: string;
  /** A sentence or two: what is the case, what comes next, who can do it. Never a secret. */
  body: string;
  /** Path in the pages: "/pull-requests/12". */
  link: string;
  /** Ids of the people it is meant for; empty for everybody on a channel. */
  recipients: string[];
}

/** How other domains tell people something, in their own transaction. */
export type Notify = (tx: Tx, organizationId: string, notice: Notice) => Promise<void>;

/** Keeps the notice and schedules its delivery; both happen when the caller's transaction commits. */
export function notifier(context: NotificationContext): Notify {
  return async (tx, organizationId, notice) => {
    const id = context.newId();
    await insertNotification(tx, organizationId, { id, ...notice });
    await addTask(
      tx,
      deliverNotificationTask,
      { organizationId, notificationId: id },
      { maxAttempts: context.attempts },
    );
  };
}
