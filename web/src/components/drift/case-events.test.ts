import { expect, test } from "vitest";
import { caseEvents } from "./case-events.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 14, minute)).toISOString();
const event = (minute: number) => ({ at: at(minute), text: `event ${minute}`, actor: "system" });

test("the line leaves true at the first event after the last clean check", () => {
  const placed = caseEvents([event(24), event(21), event(13)], at(20), null);
  expect(placed.map(({ text, out, leaves }) => [text, out, leaves])).toEqual([
    ["event 13", false, false],
    ["event 21", true, true],
    ["event 24", true, false],
  ]);
});

test("from the closing on it hangs true again", () => {
  expect(caseEvents([event(21), event(30)], at(20), at(30)).map(({ out }) => out)).toEqual([false, true, false]);
});

test("never seen clean: out of line from the first event", () => {
  expect(caseEvents([event(21)], null, null)[0]).toMatchObject({ out: true, leaves: true });
});

test("the last clean check is shown where no entry tells of it", () => {
  const [first, second] = caseEvents([event(21)], at(20), null);
  expect(first).toMatchObject({ at: at(20), out: false });
  expect(second).toMatchObject({ leaves: true });
});
