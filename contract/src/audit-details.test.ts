import { expect, test } from "vitest";
import { detailRows } from "./audit-details.ts";

test("nested details become lines", () => {
  expect(detailRows({ meaning: "I read it.", digests: [{ workspace: "a/b", digest: "x" }], equal: true })).toEqual([
    { path: "meaning", text: "I read it.", side: "plain" },
    { path: "digests[0].workspace", text: "a/b", side: "plain" },
    { path: "digests[0].digest", text: "x", side: "plain" },
    { path: "equal", text: "true", side: "plain" },
  ]);
});

test("before and after stand against each other only where there are both", () => {
  expect(
    detailRows({ before: { approvals: 0 }, after: { approvals: 1 } }).map(({ side, path }) => [side, path]),
  ).toEqual([
    ["before", "approvals"],
    ["after", "approvals"],
  ]);
  expect(detailRows({ before: 211 })).toEqual([{ path: "before", text: "211", side: "plain" }]);
});
