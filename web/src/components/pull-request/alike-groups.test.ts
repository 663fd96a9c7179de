import { expect, test } from "vitest";
import { pullRequest } from "../../testing/fixtures/pull-requests.ts";
import { alikeGroups, shownOf } from "./alike-groups.ts";

const [one] = pullRequest.affected;
if (one === undefined) throw new Error("the fixture affects nothing");
const many = Array.from({ length: 30 }, (_, index) => ({
  ...one,
  workspace: `shop/${index}`,
  runStatus: "finished" as const,
  applyStatus: null,
  shape: index % 3 === 0 ? "a" : "b",
}));

test("plans that do the same are one group, in the order of the first", () => {
  const groups = alikeGroups(many);
  expect(groups.map(({ first, place, others }) => [first.workspace, place, others.length])).toEqual([
    ["shop/0", 1, 9],
    ["shop/1", 2, 19],
  ]);
  expect(groups[0]?.others[0]).toMatchObject({ place: 4, item: { workspace: "shop/3" } });
});

test("what differs in status or findings, or failed, stands apart", () => {
  const [first = one, second = one, third = one, ...rest] = many;
  const groups = alikeGroups([
    { ...first, runStatus: "failed" },
    { ...second, blocking: 1 },
    { ...third, provisional: true },
    ...rest,
  ]);
  expect(groups.map(({ others }) => others.length)).toEqual([0, 0, 0, 8, 17]);
});

test("a few are each their own", () => {
  expect(alikeGroups(many.slice(0, 19)).every(({ others }) => others.length === 0)).toBe(true);
});

test("of a folded group the one whose plan is shown is a row too, of an unfolded one all", () => {
  const [group] = alikeGroups(many);
  if (group === undefined) throw new Error("there is no group");
  expect(shownOf(group, false, undefined)).toEqual([]);
  expect(shownOf(group, false, "shop/0")).toEqual([]);
  expect(shownOf(group, false, "shop/6")).toEqual([{ place: 7, item: many[6] }]);
  expect(shownOf(group, true, "shop/6")).toHaveLength(9);
});
