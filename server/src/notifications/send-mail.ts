import { createTransport } from "nodemailer";

/** Sends mail; its connection is kept until it is closed. */
export interface MailSender {
  send(message: { to: string; subject: string; text: string }): Promise<void>;
  close(): void;
}

/** Sends mail through the configured SMTP server, over one connection. */
export function mailSender(mail: { smtpUrl: string; from: string }): MailSender {
  const url = new URL(mail.smtpUrl);
  url.searchParams.set("pool", "true");
  url.searchParams.set("maxConnections", "1");
  const transport = createTransport(url.href, { from: mail.from });
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ to, subject: subject.replaceAll(/[\r\n]+/g, " "), text });
    },
    close: () => transport.close(),
  };
}
