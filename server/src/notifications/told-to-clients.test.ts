import { notificationEvents } from "@plumbline/contract";
import type { NotificationEvent, RoleBinding } from "@plumbline/contract";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { createPerson } from "../people/manage-people.ts";
import { setUpOrganization } from "../people/set-up-organization.ts";
import { signIn } from "../people/sign-in.ts";
import { openLog } from "../platform/log.ts";
import { testDatabase, testSealing } from "../testing/index.ts";
import { notificationDelivery } from "./deliver-notification.ts";
import { listNotifications } from "./list-notifications.ts";
import { createChannel } from "./manage-channels.ts";
import type { NotificationContext } from "./notification-context.ts";
import { notifier } from "./notify.ts";
import type { Notice } from "./notify.ts";

const database = await testDatabase();
const log = openLog({ level: "silent" });
const mails: { to: string; subject: string; text: string }[] = [];
const context: NotificationContext = {
  db: database.db,
  newId: database.newId,
  log,
  sealing: testSealing(),
  publicUrl: "https://plumbline.example",
  allowPrivateTargets: true,
  timeout: 5,
  attempts: 3,
  sendMail: async (mail) => void mails.push(mail),
};
const people = { ...context, sessionLifetime: 60 };
const password = "a long password";
const first = { name: "platform", displayName: "Paula", email: "platform@acme.example", password };
const organizationId = await setUpOrganization(people, "acme", first);
const { actor: platform } = await signIn(people, { name: "platform", password });

async function join(name: string, ...roles: RoleBinding[]): Promise<Actor> {
  const email = `${name}@clients.example`;
  await createPerson(people, platform, { name, displayName: name, email, addresses: [], password, roles });
  return (await signIn(people, { name, password })).actor;
}
const globex = await join("gina", { role: "auditor", environments: "globex/*" });
const initech = await join("ines", { role: "approver", environments: "initech/*" });
const idOf = ({ id }: Actor) => id ?? "";

const hooks: { path: string; text: string }[] = [];
const sink = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk: Buffer) => (text += chunk.toString()));
  request.on("end", () => {
    hooks.push({ path: request.url ?? "", text });
    response.writeHead(200).end();
  });
}).listen(0, "127.0.0.1");
await new Promise((resolve) => sink.once("listening", resolve));
afterAll(() => sink.close());
const events = [...notificationEvents];
const target = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
for (const [name, kind, environments] of [
  ["everything", "webhook", ["*"]],
  ["globex-hook", "webhook", ["globex/*"]],
  ["globex-chat", "slack", ["globex/*"]],
  ["initech-hook", "webhook", ["initech/*"]],
] as const)
  await createChannel(context, platform, {
    name,
    kind,
    target: `${target}/${name}`,
    events,
    environments: [...environments],
  });
for (const [name, environments] of [
  ["people", ["*"]],
  ["globex-mail", ["globex/*"]],
] as const)
  await createChannel(context, platform, {
    name,
    kind: "email",
    target: name === "people" ? "people" : "desk@globex.example",
    events,
    environments: [...environments],
  });

async function tell(notice: Notice): Promise<void> {
  await database.db.transaction(organizationId, (tx) => notifier(context)(tx, organizationId, notice));
  const [newest] = await listNotifications(context, platform, 1);
  await notificationDelivery(context).run(
    { organizationId, notificationId: newest?.id },
    { signal: new AbortController().signal, attempt: 1, log },
  );
}
const notice = (event: NotificationEvent, environments: string[], more: Partial<Notice> = {}): Notice => ({
  event,
  subject: `News of ${environments.join(" and ")}`,
  body: "As ines wanted it.",
  link: "/pull-requests/7",
  recipients: [],
  environments,
  part: null,
  ...more,
});
const addressed = () => mails.map(({ to }) => to).toSorted();
const called = () => hooks.map(({ path }) => path).toSorted();

beforeEach(() => {
  mails.length = 0;
  hooks.length = 0;
});

test.each(notificationEvents)(
  "%s of one client reaches its people and channels, and nobody of another",
  async (event) => {
    await tell(notice(event, ["globex/prod"]));
    expect(addressed()).toEqual(["desk@globex.example", "gina@clients.example", "platform@acme.example"]);
    expect(called()).toEqual(["/everything", "/globex-chat", "/globex-hook"]);
    const [seen] = await listNotifications(context, globex, 1);
    expect(seen).toMatchObject({ event, subject: "News of globex/prod", recipients: [] });
    expect((await listNotifications(context, initech)).filter((one) => one.event === event)).toEqual([]);
  },
);

test.each(notificationEvents)("%s that is meant for another client's person is not told him", async (event) => {
  await tell(notice(event, ["globex/prod"], { recipients: [idOf(initech), idOf(globex)] }));
  expect(addressed()).toEqual(["desk@globex.example", "gina@clients.example"]);
  expect(await listNotifications(context, initech)).toEqual([]);
});

test.each(notificationEvents)("%s of what both share is told each without what people wrote", async (event) => {
  const part = {
    beyond: true,
    environments: ["globex/test", "globex/prod", "initech/prod"],
    label: "#7",
    words: "approval wanted",
    body: "The whole of it waits.",
  };
  await tell(notice(event, part.environments, { recipients: [idOf(initech), idOf(globex), idOf(platform)], part }));
  const textTo = (to: string) => mails.filter((mail) => mail.to === to).map(({ subject, text }) => [subject, text]);
  const own = "The whole of it waits.\n\nhttps://plumbline.example/pull-requests/7\n";
  for (const to of ["gina@clients.example", "desk@globex.example"])
    expect(textTo(to)).toEqual([["#7 The part for globex/test, globex/prod of a larger change: approval wanted", own]]);
  expect(textTo("ines@clients.example")).toEqual([
    ["#7 The part for initech/prod of a larger change: approval wanted", own],
  ]);
  expect(textTo("platform@acme.example")[0]?.[0]).toBe("News of globex/test and globex/prod and initech/prod");
  for (const { path, text } of hooks.filter(({ path }) => path.startsWith("/globex")))
    expect([path, /initech|ines|wanted it|gina|platform"/.test(text)]).toEqual([path, false]);
  const hook = hooks.find(({ path }) => path === "/globex-hook");
  expect(JSON.parse(hook?.text ?? "")).toMatchObject({ environments: ["globex/test", "globex/prod"], recipients: [] });
  const everything = hooks.find(({ path }) => path === "/everything");
  expect(JSON.parse(everything?.text ?? "")).toMatchObject({ environments: part.environments });

  const [page] = await listNotifications(context, globex, 1);
  expect(page).toMatchObject({
    subject: "#7 The part for globex/test, globex/prod of a larger change: approval wanted",
    body: "The whole of it waits.",
    recipients: ["gina"],
    deliveries: [{ channel: "email", address: "gina@clients.example", lastError: null }],
  });
  expect(Object.keys(page ?? {})).not.toContain("part");
  expect(page?.deliveries).toHaveLength(1);
});

test("what is about the organization is told no client", async () => {
  await tell(notice("waiver_expiring", [], { recipients: [idOf(globex)] }));
  await tell(notice("check_overdue", ["prod"]));
  expect(addressed()).toEqual(["platform@acme.example"]);
  expect(new Set(called())).toEqual(new Set(["/everything"]));
});

test("his own news are found behind many of others", async () => {
  await tell(notice("applied", ["globex/prod"], { subject: "Long ago" }));
  for (let count = 0; count < 5; count++) await tell(notice("applied", ["initech/prod"]));
  const [newest] = await listNotifications(context, globex, 3);
  expect(newest?.subject).toBe("Long ago");
});
