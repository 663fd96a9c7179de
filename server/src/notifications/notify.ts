import type { NotificationEvent } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import { addTask } from "../platform/tasks/index.ts";
import { deliverNotificationTask } from "./deliver-notification.ts";
import type { NotificationContext } from "./notification-context.ts";
import { insertNotification } from "./notification-store.ts";
import type { NoticePart } from "./told.ts";

/** Something people are told. */
export interface Notice {
  event: NotificationEvent;
  /** One line. */
  subject: string;
  /** A sentence or two: what is the case, what comes next, who can do it. Never a secret. */
  body: string;
  /** Path in the pages: "/pull-requests/12". */
  link: string;
  /** Ids of the people it is meant for; empty for everybody on a channel. Of these, who may see nothing of it is not told. */
  recipients: string[];
  /** Names of the environments it is about; none where it is about the organization as a whole. */
  environments: string[];
  /** What who sees only a part of it is told; null where one who may read any of its environments may know all of it. */
  part: NoticePart | null;
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
