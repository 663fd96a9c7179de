import { listNotifications } from "@plumbline/contract";
import type { Notification } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

const at = "2026-11-22T07:00:00.000Z";
const sent: Notification = {
  id: "01938c5e-0000-7000-8000-000000000001",
  event: "drift_opened",
  subject: "database/prod differs",
  body: "",
  link: "/drift/57",
  recipients: ["ada"],
  at,
  deliveries: [{ channel: "ops", address: "hooks.example.org", attempts: 1, deliveredAt: at, lastError: null }],
};

test("notifications tell what arrived, and why the rest did not", async () => {
  await using api = await startFakeApi();
  const run = (...args: string[]) =>
    plumb(["notifications", "list", ...args], {
      env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" },
    });
  const failed = {
    channel: "pager",
    address: "pager.example.org",
    attempts: 3,
    deliveredAt: null,
    lastError: "503",
  };
  api.answer(listNotifications, () => ({
    items: [sent, { ...sent, subject: "again", deliveries: [failed] }],
  }));
  const { stdout } = await run();
  expect(stdout).toMatch(/^60 min ago +drift opened +database\/prod differs +ada +1 of 1$/m);
  expect(stdout).toContain("\nagain: not at pager (pager.example.org) after 3 attempts; 503\n");
  expect(JSON.parse((await run("--undelivered", "--json")).stdout).items).toMatchObject([{ subject: "again" }]);
  expect(JSON.parse((await run("--limit", "1", "--json")).stdout).items).toHaveLength(1);
});
