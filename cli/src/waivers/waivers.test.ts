import { listKnownFindings, listWaivers } from "@plumbline/contract";
import type { Waiver } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(() => api[Symbol.asyncDispose]());
const run = (...args: string[]) => plumb(args, { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });

const waiver: Waiver = {
  repository: "shop",
  rule: "lab-bucket-*",
  address: "lab_bucket.press",
  environment: "dev",
  reason: "the press reads it",
  owner: "@owner",
  ticket: "SHOP-9",
  expires: "2027-01-31",
  line: 3,
  status: "active",
  introducedBy: 12,
  introducedAt: "2026-11-22T07:00:00.000Z",
  renewals: 2,
  renewedAt: "2026-11-22T07:00:00.000Z",
  hides: [
    {
      workspace: "shop/dev",
      run: 9,
      rule: "lab-bucket-public",
      severity: "critical",
      title: "Everybody can read the bucket",
      address: "lab_bucket.press",
    },
  ],
};

test("waivers are listed with what they hide; unused and mistaken ones are told", async () => {
  const unused: Waiver = { ...waiver, rule: "lab-database-public", status: "expired", hides: [] };
  api.answer(listWaivers, () => ({
    items: [unused, waiver],
    problems: [{ repository: "shop", file: "policies/waivers.yaml", line: 9, message: "expires is a day" }],
    owners: { shop: ["@owner"] },
  }));
  const { stdout } = await run("waivers", "list");
  expect(stdout).toMatch(/lab-database-public +lab_bucket.press +dev +2027-01-31 +expired +2 +unused +@owner +SHOP-9/);
  expect(stdout).toContain(`lab-bucket-* in dev: the press reads it
  hides 1 finding
    critical Everybody can read the bucket [lab-bucket-public] shop/dev lab_bucket.press
policies/waivers.yaml:9: error: expires is a day
`);
  const filtered = await run("waivers", "list", "--unused", "--json");
  expect(JSON.parse(filtered.stdout).items).toMatchObject([{ rule: "lab-database-public" }]);
});

test("the baseline is listed page by page", async () => {
  api.answer(listKnownFindings, ({ query }) => ({
    items: [
      {
        repository: "shop",
        workspace: query.cursor === undefined ? "shop/dev" : "shop/prod",
        environment: "dev",
        fingerprint: "f",
        rule: "lab-bucket-public",
        severity: "critical" as const,
        title: "Everybody can read the bucket",
        address: "lab_bucket.press",
        file: null,
        owners: ["@owner"],
        firstSeenAt: "2026-11-22T07:00:00.000Z",
        dueAt: "2027-02-20T07:00:00.000Z",
        overdue: false,
      },
    ],
    cursor: query.cursor === undefined ? "1" : null,
  }));
  const { stdout } = await run("waivers", "baseline");
  expect(stdout).toMatch(/shop\/dev +critical +lab-bucket-public +lab_bucket.press +2026-11-22 +2027-02-20 +@owner/);
  expect(stdout).toContain("shop/prod");
});
