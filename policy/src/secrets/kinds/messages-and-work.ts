import { startingWith } from "../kind.ts";
import type { SecretKind } from "../kind.ts";

/** Tokens of services for messages, mail and work together. */
export const messageKinds: readonly SecretKind[] = [
  {
    id: "slack-token",
    name: "Slack token",
    pattern: /xox[abeoprs]-[A-Za-z0-9-]{24,200}/,
    hints: ["xox"],
  },
  startingWith("slack-app-token", "Slack app token", "xapp-", /\d-[A-Z0-9]{8,14}-\d{10,16}-[0-9a-f]{64}/),
  {
    id: "slack-webhook",
    name: "Slack webhook address",
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Z0-9]{8,14}\/[A-Z0-9]{8,14}\/[A-Za-z0-9]{20,64}/,
    hints: ["hooks.slack.com"],
    boundary: "none",
  },
  {
    id: "discord-webhook",
    name: "Discord webhook address",
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{60,80}/,
    hints: ["/api/webhooks/"],
    boundary: "none",
  },
  {
    id: "discord-bot-token",
    name: "Discord bot token",
    pattern: /[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}/,
    hints: ["."],
    // The first part is the bot's id, a decimal number, in base64.
    isSound: (text) => /^\d{17,20}$/.test(Buffer.from(text.split(".")[0] ?? "", "base64url").toString("latin1")),
  },
  {
    id: "teams-webhook",
    name: "Microsoft Teams webhook address",
    pattern:
      /[a-z0-9-]{1,60}\.webhook\.office\.com\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36}/,
    hints: [".webhook.office.com"],
    boundary: "none",
  },
  { id: "telegram-bot-token", name: "Telegram bot token", pattern: /\d{8,10}:AA[A-Za-z0-9_-]{33}/, hints: [":AA"] },
  startingWith("sendgrid-key", "SendGrid API key", "SG.", /[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/),
  startingWith("mailgun-key", "Mailgun API key", "key-", /[0-9a-f]{32}/),
  {
    id: "mailchimp-key",
    name: "Mailchimp API key",
    pattern: /[0-9a-f]{32}-us\d{1,2}/,
    hints: ["-us"],
  },
  startingWith("brevo-key", "Brevo API key", "xkeysib-", /[0-9a-f]{64}-[A-Za-z0-9]{16}/),
  startingWith("resend-key", "Resend API key", "re_", /[A-Za-z0-9]{8}_[A-Za-z0-9]{24}/),
  {
    id: "notion-token",
    name: "Notion token",
    pattern: /ntn_[0-9]{11}[A-Za-z0-9]{35}/,
    hints: ["ntn_"],
  },
  startingWith("figma-token", "Figma token", "figd_", /[A-Za-z0-9_-]{40}/),
  startingWith("linear-key", "Linear API key", "lin_api_", /[A-Za-z0-9]{40}/),
  startingWith("typeform-token", "Typeform token", "tfp_", /[A-Za-z0-9_.=-]{44,66}/),
  {
    id: "hubspot-token",
    name: "HubSpot private app token",
    pattern: /pat-(?:na|eu)\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
    hints: ["pat-na", "pat-eu"],
  },
];
