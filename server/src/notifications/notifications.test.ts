import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { systemActor } from "../access/actor.ts";
import { setUpOrganization } from "../people/set-up-organization.ts";
import { signIn } from "../people/sign-in.ts";
import { openLog } from "../platform/log.ts";
import { testDatabase, testSealing } from "../testing/index.ts";
import { notificationDelivery } from "./deliver-notification.ts";
import { listNotifications } from "./list-notifications.ts";
import { createChannel, listChannels } from "./manage-channels.ts";
import type { NotificationContext } from "./notification-context.ts";
import { notifier } from "./notify.ts";
import { postJson } from "./post-json.ts";
import type { PostOptions } from "./post-json.ts";
import { isInside } from "./targets.ts";

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
const first = { name: "platform", displayName: "Paula", email: "platform@acme.example", password: "a long password" };
const organizationId = await setUpOrganization({ ...context, sessionLifetime: 60 }, "acme", first);
const { actor } = await signIn({ ...context, sessionLifetime: 60 }, { name: "platform", password: first.password });

const received: { path: string; body: unknown }[] = [];
let status = 200;
const sink = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk: Buffer) => (text += chunk.toString()));
  request.on("end", () => {
    received.push({ path: request.url ?? "", body: JSON.parse(text) });
    response.writeHead(status).end();
  });
}).listen(0, "127.0.0.1");
await new Promise((resolve) => sink.once("listening", resolve));
afterAll(() => sink.close());
const target = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
const notify = notifier(context);
const deliver = async () => {
  const [newest] = await listNotifications(context, systemActor(organizationId, "acme"));
  const handler = notificationDelivery(context);
  await handler.run(
    { organizationId, notificationId: newest?.id },
    { signal: new AbortController().signal, attempt: 1, log },
  );
};

test("a notice reaches every channel that wants its event, each in its form", async () => {
  await createChannel(context, actor, {
    name: "hook",
    kind: "webhook",
    target: `${target}/hook?key=s3cret`,
    events: ["drift_opened"],
    environments: ["*"],
  });
  await createChannel(context, actor, {
    name: "chat",
    kind: "slack",
    target: `${target}/chat`,
    events: ["drift_opened", "applied"],
    environments: ["*"],
  });
  await createChannel(context, actor, {
    name: "mail",
    kind: "email",
    target: "people",
    events: ["drift_opened"],
    environments: ["*"],
  });
  await createChannel(context, actor, {
    name: "other",
    kind: "webhook",
    target: `${target}/other`,
    events: ["applied"],
    environments: ["*"],
  });
  await database.db.transaction(organizationId, (tx) =>
    notify(tx, organizationId, {
      event: "drift_opened",
      subject: "Port <5432> is open",
      body: "A & B",
      link: "/drift/1",
      recipients: [actor.id ?? ""],
      environments: ["prod"],
      part: null,
    }),
  );
  await deliver();
  expect(received.map(({ path }) => path).sort()).toEqual(["/chat", "/hook?key=s3cret"]);
  expect(received.find(({ path }) => path === "/chat")?.body).toEqual({
    text: "*Port &lt;5432&gt; is open*\nA &amp; B\n<https://plumbline.example/drift/1|Open in Plumbline>",
  });
  expect(received.find(({ path }) => path.startsWith("/hook"))?.body).toMatchObject({
    event: "drift_opened",
    recipients: ["platform"],
  });
  expect(mails).toEqual([
    { to: first.email, subject: "Port <5432> is open", text: "A & B\n\nhttps://plumbline.example/drift/1\n" },
  ]);
});

test("a failed delivery is tried again alone, and what failed can be seen without the URL's secret", async () => {
  status = 500;
  received.length = 0;
  await database.db.transaction(organizationId, (tx) =>
    notify(tx, organizationId, {
      event: "drift_opened",
      subject: "again",
      body: "b",
      link: "/drift/2",
      recipients: [],
      environments: ["prod"],
      part: null,
    }),
  );
  await expect(deliver()).rejects.toThrow("2 of 3 deliveries failed");
  status = 200;
  mails.length = 0;
  await deliver();
  expect(mails).toEqual([]);
  expect(received).toHaveLength(4);
  const [newest] = await listNotifications(context, actor);
  expect(newest?.deliveries.map(({ channel, attempts, lastError }) => [channel, attempts, lastError])).toEqual([
    ["chat", 2, null],
    ["hook", 2, null],
    ["mail", 1, null],
  ]);
});

test("a channel shows of its URL the host only", async () => {
  const channels = await listChannels(context, actor);
  expect(JSON.stringify(channels)).not.toContain("s3cret");
  const rows = await database.sql<{ row: string }>("select t::text as row from notification_channels t");
  expect(rows.some(({ row }) => row.includes("s3cret"))).toBe(false);
});

test("a target inside is refused unless it is allowed", async () => {
  const strict = { ...context, allowPrivateTargets: false };
  const events = ["applied" as const];
  for (const bad of [
    target,
    "http://[::1]/",
    "http://169.254.169.254/latest/",
    "http://localhost/",
    "ftp://example.com/",
  ])
    await expect(
      createChannel(strict, actor, { name: "x", kind: "webhook", target: bad, events, environments: ["*"] }),
    ).rejects.toThrow(/inside|http or https/);
  expect(isInside("::ffff:10.0.0.1")).toBe(true);
  for (const spelled of [
    "::ffff:7f00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::7f00:1",
    "::ffff:0:7f00:1",
    "198.18.0.1",
  ])
    expect([spelled, isInside(spelled)]).toEqual([spelled, true]);
  expect(isInside("2606:2800:220:1::1")).toBe(false);
  expect(isInside("93.184.216.34")).toBe(false);
});

test("a name that leads inside only when it is posted to is refused then, and a redirect is not followed", async () => {
  received.length = 0;
  const { port } = new URL(target);
  const url = new URL(`http://hooks.example:${port}/rebound`);
  const lookup: PostOptions["lookup"] = (_name, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]);
  await expect(postJson(url, {}, { allowPrivate: false, milliseconds: 5_000, lookup })).rejects.toThrow("inside");
  await expect(postJson(new URL(target), {}, { allowPrivate: false, milliseconds: 5_000 })).rejects.toThrow("inside");
  expect(received).toEqual([]);
  status = 307;
  expect(await postJson(url, {}, { allowPrivate: true, milliseconds: 5_000, lookup })).toBe(307);
  expect(received.map(({ path }) => path)).toEqual(["/rebound"]);
  status = 200;
});
