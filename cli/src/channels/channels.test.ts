import { createChannel, deleteChannel, listChannels } from "@plumbline/contract";
import type { NotificationChannel } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import type { FakeTerminalOptions } from "../testing/fake-terminal.ts";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(() => api[Symbol.asyncDispose]());
const run = (args: string[], options: FakeTerminalOptions = {}) =>
  plumb(["channels", ...args], {
    ...options,
    env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" },
  });

const channel = (changes: Partial<NotificationChannel> = {}): NotificationChannel => ({
  id: "01938c5e-0000-7000-8000-000000000001",
  name: "ops",
  kind: "slack",
  events: ["held", "failed"],
  environments: ["*"],
  target: "hooks.example.org",
  createdAt: "2026-11-22T07:00:00.000Z",
  ...changes,
});

test("channels are listed", async () => {
  api.answer(listChannels, () => ({ items: [channel({ environments: ["globex/*"] })] }));
  const { stdout } = await run(["list"]);
  expect(stdout).toMatch(/^ops +slack +hooks\.example\.org +globex\/\* +held failed +01938c5e/m);
});

test("the URL of a webhook comes from a prompt or a pipe and is printed nowhere", async () => {
  const targets: string[] = [];
  const scopes: unknown[] = [];
  api.answer(createChannel, ({ body }) => {
    targets.push(body.target);
    scopes.push(body.environments);
    return channel({ name: body.name, events: body.events, environments: body.environments ?? ["*"] });
  });
  const args = ["create", "ops", "--kind", "slack", "--event", "held", "failed"];
  const typed = await run(args, { typed: "https://hooks.example.org/s3cret\r" });
  const piped = await run([...args, "--json"], { stdin: "https://hooks.example.org/s3cret\n" });
  expect(targets).toEqual(["https://hooks.example.org/s3cret", "https://hooks.example.org/s3cret"]);
  expect(typed.stdout).toBe("Added ops: slack to hooks.example.org, for held, failed.\n");
  expect(JSON.parse(piped.stdout)).toMatchObject({ name: "ops" });
  for (const { stdout, stderr } of [typed, piped]) expect(stdout + stderr).not.toContain("s3cret");
  expect((await run([...args, "--to", "https://x"])).stderr).toContain("--to is for e-mail");
  expect((await run(["create", "m", "--kind", "email", "--event", "heldd"])).stderr).toContain("no event “heldd”");
  expect((await run(["create", "m", "--kind", "email", "--to", "people", "--event", "all"])).exitCode).toBe(0);
  expect(targets.at(-1)).toBe("people");
  const scoped = await run([...args, "--environment", "globex/*", "prod"], { stdin: "https://hooks.example.org/s\n" });
  expect(scopes.at(-2)).toEqual(["*"]);
  expect(scopes.at(-1)).toEqual(["globex/*", "prod"]);
  expect(scoped.stdout).toContain("for held, failed of globex/*, prod.");
});

test("a channel is removed by a name that only one has, or by its id", async () => {
  const other = channel({ id: "01938c5e-0000-7000-8000-000000000002" });
  let items = [channel()];
  const deleted: string[] = [];
  api.answer(listChannels, () => ({ items }));
  api.answer(deleteChannel, ({ params }) => {
    deleted.push(params.id);
    return undefined;
  });
  expect((await run(["delete", "ops"])).stdout).toBe("Removed ops.\n");
  items = [channel(), other];
  expect((await run(["delete", "ops"])).exitCode).toBe(2);
  expect((await run(["delete", other.id])).exitCode).toBe(0);
  expect(deleted).toEqual([channel().id, other.id]);
  expect((await run(["delete", "lost"])).exitCode).toBe(6);
});
