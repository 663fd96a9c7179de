import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Instant } from "./common.ts";

/** What people are told about. */
export const notificationEvents = [
  "approval_wanted",
  "held",
  "failed",
  "applied",
  "unknown",
  "drift_opened",
  "drift_closed",
  "check_overdue",
  "waiver_expiring",
  "finding_after_apply",
] as const;
export const NotificationEvent = z.enum(notificationEvents).meta({ id: "NotificationEvent" });
export type NotificationEvent = z.infer<typeof NotificationEvent>;

export const NotificationChannel = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(["webhook", "slack", "email"]),
    events: z.array(NotificationEvent),
    /** What it is told is about environments that one of these patterns matches; `*` is everything. */
    environments: z.array(z.string()),
    /** Host of the URL, or the address; the rest is a secret. */
    target: z.string(),
    createdAt: Instant,
  })
  .meta({ id: "NotificationChannel" });
export type NotificationChannel = z.infer<typeof NotificationChannel>;

export const Notification = z
  .object({
    id: z.uuid(),
    event: NotificationEvent,
    subject: z.string(),
    body: z.string(),
    link: z.string(),
    recipients: z.array(z.string()),
    at: Instant,
    deliveries: z.array(
      z.object({
        channel: z.string(),
        address: z.string(),
        attempts: z.int(),
        deliveredAt: Instant.nullable(),
        lastError: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Notification" });
export type Notification = z.infer<typeof Notification>;

export const listChannels = endpoint({
  id: "listChannels",
  method: "GET",
  path: "/api/v1/notification-channels",
  auth: "person",
  tag: "notifications",
  summary: "Where notifications go",
  response: z.object({ items: z.array(NotificationChannel) }),
});

export const createChannel = endpoint({
  id: "createChannel",
  method: "POST",
  path: "/api/v1/notification-channels",
  auth: "person",
  tag: "notifications",
  summary: "Add a webhook, a Slack-compatible incoming webhook, or e-mail to the people concerned",
  body: z.object({
    name: z.string().min(1).max(100),
    kind: z.enum(["webhook", "slack", "email"]),
    /** A URL; for e-mail an address, or `people` for everybody's own. */
    target: z.string().min(1).max(2000),
    events: z.array(NotificationEvent).min(1),
    /**
     * Patterns of environments (`prod`, `globex/*`). Where all are for clients' environments, what is sent holds what
     * somebody with a role for these may see: of a pull request that touches others, their part.
     */
    environments: z.array(z.string().min(1).max(200)).min(1).max(100).default(["*"]),
  }),
  response: NotificationChannel,
});

export const deleteChannel = endpoint({
  id: "deleteChannel",
  method: "DELETE",
  path: "/api/v1/notification-channels/:id",
  auth: "person",
  tag: "notifications",
  summary: "Remove a channel",
  params: z.object({ id: z.uuid() }),
});

export const listNotifications = endpoint({
  id: "listNotifications",
  method: "GET",
  path: "/api/v1/notifications",
  auth: "person",
  tag: "notifications",
  summary: "What was sent to whom, newest first",
  response: z.object({ items: z.array(Notification) }),
});
