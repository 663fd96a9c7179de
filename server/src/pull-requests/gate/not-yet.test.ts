import type { GateCondition } from "@plumbline/contract";
import { expect, test } from "vitest";
import { notYet } from "./not-yet.ts";

const condition = (id: string, kind: GateCondition["kind"], met = false): GateCondition => ({
  id,
  kind,
  met,
  title: "",
  detail: "",
  who: [],
  file: null,
  line: null,
});

test("says what is missing, the worst first, and that it holds for everybody", () => {
  expect(
    notYet([
      condition("owner:2", "owner"),
      condition("approvals:dev", "approvals"),
      condition("approvals:test", "approvals"),
      condition("findings", "findings"),
      condition("merges", "merges", true),
    ]),
  ).toBe(
    "Not yet: findings block it, an approval by code owners is missing and approvals for dev and test are missing. This holds for everybody, administrators too.",
  );
});

test("several groups of owners are counted", () => {
  expect(notYet([condition("owner:2", "owner"), condition("owner:3", "owner")])).toContain(
    "2 approvals by code owners are missing",
  );
});
