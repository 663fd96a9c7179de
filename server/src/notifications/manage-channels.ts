import { problem } from "@plumbline/contract";
import type { NotificationEvent } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { NotificationContext } from "./notification-context.ts";
import * as store from "./notification-store.ts";
import { assertReachable, readWebhookUrl } from "./targets.ts";

/** A channel as people see it: of a URL only the host. */
export interface ChannelView {
  id: string;
  name: string;
  kind: "webhook" | "slack" | "email";
  events: NotificationEvent[];
  environments: string[];
  target: string;
  createdAt: Date;
}

const kind = "notification-channel";

/** The channel's whole target. */
export function openTarget(context: NotificationContext, organizationId: string, channel: store.ChannelRecord): string {
  return context.sealing.open(kind, organizationId, channel.id, channel.sealedTarget).toString("utf8");
}

function view(context: NotificationContext, organizationId: string, channel: store.ChannelRecord): ChannelView {
  const target = openTarget(context, organizationId, channel);
  return {
    id: channel.id,
    name: channel.name,
    kind: channel.kind,
    events: channel.events as NotificationEvent[],
    environments: channel.environments,
    target: channel.kind === "email" ? target : (URL.parse(target)?.host ?? ""),
    createdAt: channel.createdAt,
  };
}

/** All channels; none for who is kept to clients. */
export async function listChannels(context: NotificationContext, actor: Actor): Promise<ChannelView[]> {
  authorize(actor, "organization.read");
  if (keptToClients(actor)) return [];
  const channels = await context.db.transaction(actor.organizationId, store.listChannels);
  return channels.map((channel) => view(context, actor.organizationId, channel));
}

/** Adds a channel; its target is checked, then sealed. */
export async function createChannel(
  context: NotificationContext,
  actor: Actor,
  request: {
    name: string;
    kind: "webhook" | "slack" | "email";
    target: string;
    events: NotificationEvent[];
    environments: string[];
  },
): Promise<ChannelView> {
  authorize(actor, "notification.administer");
  if (request.kind === "email") {
    if (request.target !== "people" && !/^[^\s@]+@[^\s@]+$/.test(request.target))
      throw problem("invalid_request", "target must be an e-mail address, or people for everybody's own.");
    if (context.sendMail === undefined)
      throw problem("config_invalid", "mail.smtpUrl is not configured, so no mail can be sent.");
  } else await assertReachable(readWebhookUrl(request.target), context.allowPrivateTargets);
  const id = context.newId();
  const organizationId = actor.organizationId;
  const channel: store.ChannelRecord = {
    id,
    name: request.name,
    kind: request.kind,
    sealedTarget: context.sealing.seal(kind, organizationId, id, Buffer.from(request.target)),
    events: request.events,
    environments: [...new Set(request.environments)],
    createdAt: new Date(),
  };
  await context.db.transaction(organizationId, async (tx) => {
    if ((await store.listChannels(tx)).some(({ name }) => name === request.name))
      throw problem("already_exists", `There is a channel “${request.name}” already.`);
    await store.insertChannel(tx, { ...channel, organizationId, createdBy: actor.id ?? "" });
    await recordAudit(tx, actor, {
      action: "notification_channel.created",
      text: `${actor.name} added the ${request.kind} channel “${request.name}” for ${channel.environments.join(", ")}`,
      details: {
        channel: id,
        name: request.name,
        kind: request.kind,
        events: request.events,
        environments: channel.environments,
      },
    });
  });
  return view(context, organizationId, channel);
}

/** Removes a channel. Throws `not_found`. */
export async function deleteChannel(context: NotificationContext, actor: Actor, id: string): Promise<void> {
  authorize(actor, "notification.administer");
  await context.db.transaction(actor.organizationId, async (tx) => {
    const name = await store.removeChannel(tx, id);
    if (name === undefined) throw problem("not_found", "There is no such channel.");
    await recordAudit(tx, actor, {
      action: "notification_channel.removed",
      text: `${actor.name} removed the channel “${name}”`,
      details: { channel: id, name },
    });
  });
}
