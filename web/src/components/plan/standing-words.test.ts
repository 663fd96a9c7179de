import type { Finding } from "@plumbline/contract/findings";
import { expect, test } from "vitest";
import { encryptionFinding } from "../../testing/fixtures/plans.ts";
import { standingBadge, standingSentence } from "./standing-words.ts";

const now = Date.parse("2026-11-22T10:00:00Z");
const waiver = {
  rule: "lab-*",
  address: "lab_bucket.press",
  environment: "dev",
  reason: "the press reads it",
  owner: "@owner",
  ticket: "SHOP-9",
  expires: "2027-02-12",
  line: 3,
};
const base = { blocks: false, touched: false };

test.each<[Finding["standing"] & object, string, string]>([
  [{ ...base, kind: "new", blocks: true }, "new", "failed"],
  [{ ...base, kind: "new" }, "new", "ink"],
  [{ ...base, kind: "baseline", until: "2027-02-12T10:00:00.000Z" }, "baseline until 12 Feb 2027", "held"],
  [{ ...base, kind: "baseline" }, "there before", "held"],
  [{ ...base, kind: "overdue", blocks: true, until: "2026-11-02T10:00:00.000Z" }, "overdue since 2 Nov", "failed"],
  [{ ...base, kind: "waived", until: "2027-02-13T00:00:00.000Z", waiver }, "waived until 12 Feb 2027", "ink"],
  [{ ...base, kind: "expired-waiver", blocks: true, waiver }, "waiver expired", "failed"],
])("%j is told in two or three words", (standing, words, tone) => {
  expect(standingBadge(standing, now)).toEqual({ words, tone });
});

test("more is said where it is known: since when, whose, why", () => {
  const old = { ...encryptionFinding, owners: ["@owner"], firstSeenAt: "2026-11-02T10:00:00.000Z" };
  expect(standingSentence({ ...old, standing: { ...base, kind: "baseline" } }, now)).toBe(
    "It was there since 2 Nov and is not touched. Owner: owner.",
  );
  expect(standingSentence({ ...old, standing: { ...base, kind: "waived", waiver } }, now)).toBe(
    "Waived, SHOP-9, by owner: the press reads it",
  );
  expect(standingSentence({ ...encryptionFinding, standing: { ...base, kind: "new" } }, now)).toBeUndefined();
});
