import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import type { NoticePart } from "./told.ts";

/** A channel as stored; its target is sealed. */
export interface ChannelRecord {
  id: string;
  name: string;
  kind: "webhook" | "slack" | "email";
  sealedTarget: Buffer;
  events: string[];
  environments: string[];
  createdAt: Date;
}

/** A notification as stored. */
export interface NotificationRecord {
  id: string;
  event: string;
  subject: string;
  body: string;
  link: string;
  recipients: string[];
  environments: string[];
  part: NoticePart | null;
  createdAt: Date;
}

const Part = z.object({
  beyond: z.boolean(),
  environments: z.array(z.string()),
  label: z.string(),
  words: z.string(),
  body: z.string(),
}) satisfies z.ZodType<NoticePart>;

/** One delivery: a notification to one address of one channel. */
export interface DeliveryRecord {
  notificationId: string;
  channelId: string;
  channel: string;
  address: string;
  attempts: number;
  deliveredAt: Date | null;
  lastError: string | null;
}

/** All channels, by name. */
export async function listChannels(tx: Tx): Promise<ChannelRecord[]> {
  const rows = await tx
    .selectFrom("notification_channels")
    .select([
      "channel_id as id",
      "name",
      "kind",
      "sealed_target as sealedTarget",
      "events",
      "environments",
      "created_at as createdAt",
    ])
    .orderBy("name")
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as ChannelRecord["kind"] }));
}

/** Adds a channel. */
export async function insertChannel(
  tx: Tx,
  channel: Omit<ChannelRecord, "createdAt"> & { organizationId: string; createdBy: string },
): Promise<void> {
  await tx
    .insertInto("notification_channels")
    .values({
      organization_id: channel.organizationId,
      channel_id: channel.id,
      name: channel.name,
      kind: channel.kind,
      sealed_target: channel.sealedTarget,
      events: channel.events,
      environments: channel.environments,
      created_by: channel.createdBy,
    })
    .execute();
}

/** Removes a channel with its deliveries; answers its name. */
export async function removeChannel(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx
    .deleteFrom("notification_channels")
    .where("channel_id", "=", id)
    .returning("name")
    .executeTakeFirst();
  return row?.name;
}

/** Keeps a notification. */
export async function insertNotification(
  tx: Tx,
  organizationId: string,
  notification: Omit<NotificationRecord, "createdAt">,
): Promise<void> {
  await tx
    .insertInto("notifications")
    .values({
      organization_id: organizationId,
      notification_id: notification.id,
      event: notification.event,
      subject: notification.subject,
      body: notification.body,
      link: notification.link,
      recipients: notification.recipients,
      environments: notification.environments,
      part: notification.part === null ? null : JSON.stringify(notification.part),
    })
    .execute();
}

/**
 * The newest notifications. `recipient`: only those meant for this person or for everybody; `expressions`: only those
 * about an environment whose name matches one of these regular expressions.
 */
export async function newestNotifications(
  tx: Tx,
  limit: number,
  only: { recipient?: string | undefined; expressions?: readonly string[] | undefined },
): Promise<NotificationRecord[]> {
  const { recipient, expressions } = only;
  const rows = await notifications(tx)
    .$if(recipient !== undefined, (query) =>
      query.where(sql<boolean>`(cardinality(recipients) = 0 or ${recipient} = any(recipients))`),
    )
    .$if(expressions !== undefined, (query) =>
      query.where(
        sql<boolean>`exists (select from unnest(environments) name where name ~ any(${[...(expressions ?? [])]}::text[]))`,
      ),
    )
    .orderBy("created_at", "desc")
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** One notification. */
export async function findNotification(tx: Tx, id: string): Promise<NotificationRecord | undefined> {
  const row = await notifications(tx).where("notification_id", "=", id).executeTakeFirst();
  return row && read(row);
}

function notifications(tx: Tx) {
  return tx
    .selectFrom("notifications")
    .select([
      "notification_id as id",
      "event",
      "subject",
      "body",
      "link",
      "recipients",
      "environments",
      "part",
      "created_at as createdAt",
    ]);
}

function read(row: Omit<NotificationRecord, "part"> & { part: unknown }): NotificationRecord {
  return { ...row, part: row.part === null ? null : Part.parse(row.part) };
}

/** Deliveries of these notifications. */
export async function deliveriesOf(tx: Tx, notificationIds: string[]): Promise<DeliveryRecord[]> {
  if (notificationIds.length === 0) return [];
  return tx
    .selectFrom("deliveries as d")
    .innerJoin("notification_channels as c", (join) =>
      join.onRef("c.organization_id", "=", "d.organization_id").onRef("c.channel_id", "=", "d.channel_id"),
    )
    .select([
      "d.notification_id as notificationId",
      "d.channel_id as channelId",
      "c.name as channel",
      "d.address",
      "d.attempts",
      "d.delivered_at as deliveredAt",
      "d.last_error as lastError",
    ])
    .where("d.notification_id", "in", notificationIds)
    .orderBy("c.name")
    .execute();
}

/** Notes the outcome of an attempt; `error` is null when it was delivered. */
export async function noteDelivery(
  tx: Tx,
  organizationId: string,
  delivery: { notificationId: string; channelId: string; address: string },
  error: string | null,
): Promise<void> {
  const deliveredAt = error === null ? new Date() : null;
  await tx
    .insertInto("deliveries")
    .values({
      organization_id: organizationId,
      notification_id: delivery.notificationId,
      channel_id: delivery.channelId,
      address: delivery.address,
      attempts: 1,
      delivered_at: deliveredAt,
      last_error: error,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["organization_id", "notification_id", "channel_id", "address"])
        .doUpdateSet({ attempts: sql`deliveries.attempts + 1`, delivered_at: deliveredAt, last_error: error }),
    )
    .execute();
}
