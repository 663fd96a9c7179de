import { createChannel, NotificationEvent, notificationEvents } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { readSecret } from "../terminal/prompt.ts";

export interface CreateOptions {
  kind: "webhook" | "slack" | "email";
  event: string[];
  environment: string[];
  to?: string;
}

/** `plumb channels create`: a webhook's URL holds a secret, so it comes from a prompt without echo or from stdin. */
export async function createOne(
  context: Context,
  name: string,
  { kind, event, environment, to }: CreateOptions,
): Promise<void> {
  const events = event.includes("all") ? [...notificationEvents] : event.map(readEvent);
  if (to !== undefined && kind !== "email")
    throw new UsageFault("--to is for e-mail.", "The URL of a webhook holds a secret: it is asked for, or piped.");
  const client = await context.client();
  const target =
    to ?? (await readSecret(context.terminal, kind === "email" ? "Address, or people: " : "URL of the webhook: "));
  const made = await client.call(createChannel, { body: { name, kind, target, events, environments: environment } });
  context.print(made, ({ environments, ...shown }) => [
    `Added ${shown.name}: ${shown.kind} to ${shown.target}, for ${shown.events.join(", ")}${environments.includes("*") ? "" : ` of ${environments.join(", ")}`}.`,
  ]);
}

function readEvent(text: string): NotificationEvent {
  const event = NotificationEvent.safeParse(text);
  if (!event.success)
    throw new UsageFault(`There is no event “${text}”.`, `Choose of ${notificationEvents.join(", ")}, or all.`);
  return event.data;
}
