import * as contract from "@plumbline/contract";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { twoClients } from "./testing/two-clients.ts";

/**
 * Two clients share one code base, and everything that happens is told: to channels for everything and for each client, and
 * by mail to whom it concerns. Who belongs to one client is told nothing of the other, and of what both share his part.
 */
const world = await twoClients();
afterAll(() => world.stop());

type Notified = {
  items: { link: string; subject: string; body: string; recipients: string[]; deliveries: Delivered[] }[];
};
type Delivered = { channel: string; address: string; deliveredAt: string | null };

async function notificationsOf(who: Record<string, string>): Promise<Notified["items"]> {
  const { text } = await world.call(contract.listNotifications, who);
  return (JSON.parse(text) as Notified).items;
}

/** Whether the last that happened, and all before it, was told. */
async function isAllTold(): Promise<boolean> {
  const { globex, openShared, openInitech } = world.pullRequests;
  const items = await notificationsOf(world.administrator);
  const isThere = (number: number) => items.some(({ link }) => link === `/pull-requests/${number}`);
  const isDelivered = (one: Delivered) => one.channel === "everything" && one.deliveredAt !== null;
  return (
    isThere(openShared) &&
    isThere(openInitech) &&
    items.every(({ deliveries }) => deliveries.some(isDelivered)) &&
    mailsTo("initech-client").join().includes(`/pull-requests/${openInitech}`) &&
    mailsTo("globex-client").join().includes(`/pull-requests/${globex}`)
  );
}

// Deliveries go on in the background.
beforeAll(async () => {
  await vi.waitUntil(isAllTold, { timeout: 60_000, interval: 200 });
}, 90_000);

const hooksTo = (path: string) => world.told.hooks.filter((hook) => hook.path === path).map(({ body }) => body);
const mailsTo = (name: string) => world.told.mails.filter((mail) => mail.includes(`\nTo: ${name}@acme.example`));
const plain = (mail: string) => mail.replaceAll("=\r\n", "").replaceAll("\r\n ", " ");

test("the channel for everything is told of all", () => {
  const told = hooksTo("/everything").map(({ event, subject }) => `${String(event)} ${String(subject)}`);
  const { shared, globex, initech, openShared } = world.pullRequests;
  for (const expected of [
    `approval_wanted #${openShared} Prepare initech and globex: approval wanted`,
    `applied #${shared} Name networks for globex and initech: applied`,
    `applied #${globex} Another name for the network: applied`,
    `applied #${initech} initech gets another name: applied`,
  ])
    expect(told).toContain(expected);
  expect(told.filter((line) => line.startsWith("drift_opened"))).toHaveLength(2);
});

test.each([
  ["globex", /initech/i],
  ["initech", /globex/i],
])("a channel for %s is told its part, and no word of the other client", (client, other) => {
  const hooks = hooksTo(`/${client}-alerts`);
  expect(hooks.filter((hook) => other.test(JSON.stringify(hook)))).toEqual([]);
  const told = hooks.map(({ event, subject }) => `${String(event)} ${String(subject)}`);
  const part = `The part for ${client}/test, ${client}/prod of a larger change`;
  const { shared, openShared } = world.pullRequests;
  expect(told).toContain(`applied #${shared} ${part}: applied`);
  expect(told).toContain(`approval_wanted #${openShared} ${part}: approval wanted`);
  expect(told.filter((line) => line.startsWith("drift_opened"))).toHaveLength(1);
  expect(hooks.flatMap(({ recipients }) => recipients)).toEqual([]);
});

test.each([
  ["globex-client", /initech/i, `#${world.pullRequests.globex} Another name for the network: approval wanted`],
  ["initech-client", /globex/i, `#${world.pullRequests.openInitech} initech again: approval wanted`],
])("%s gets mail of his own alone", (name, other, expected) => {
  const mails = mailsTo(name).map(plain);
  expect(mails.filter((mail) => other.test(mail))).toEqual([]);
  expect(mails.filter((mail) => mail.includes(expected))).toHaveLength(1);
  expect(mails.filter((mail) => mail.includes("Prepare initech"))).toEqual([]);
  // He cannot approve what reaches beyond him: nobody asks him to.
  expect(mails.filter((mail) => mail.includes(`/pull-requests/${world.pullRequests.openShared}`))).toEqual([]);
});

test("the page shows him what he was told, and of people and channels himself alone", async () => {
  const who = await world.person("globex-client");
  const items = await notificationsOf(who);
  expect(items.length).toBeGreaterThan(0);
  expect(items.flatMap(({ recipients }) => recipients).filter((name) => name !== "globex-client")).toEqual([]);
  const deliveries = items.flatMap((item) => item.deliveries);
  expect(new Set(deliveries.map(({ channel, address }) => `${channel} ${address}`))).toEqual(
    new Set(["email globex-client@acme.example"]),
  );
  expect(JSON.stringify(items)).not.toMatch(/initech/i);
  const mailed = mailsTo("globex-client").map(plain).join("\n");
  for (const { subject } of items) expect(mailed).toContain(subject);
});
