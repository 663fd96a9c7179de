import { createTransport } from "nodemailer";

/** Sends mail through the configured SMTP server; one connection is kept. */
export function mailSender(mail: {
  smtpUrl: string;
  from: string;
}): (message: { to: string; subject: string; text: string }) => Promise<void> {
  const transport = createTransport(mail.smtpUrl, { from: mail.from, pool: true, maxConnections: 1 } as never);
  return async ({ to, subject, text }) => {
    await transport.sendMail({ to, subject: subject.replaceAll(/[\r\n]+/g, " "), text });
  };
}
