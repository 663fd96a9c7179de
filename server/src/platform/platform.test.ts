import fc from "fast-check";
import { expect, test } from "vitest";
import { fixedClock } from "./clock.ts";
import { idMaker } from "./ids.ts";
import { openLog } from "./log.ts";
import type { LogFields } from "./log.ts";

test("ids are UUIDs of version 7 that sort as they were made, also when the clock goes back", () => {
  const clock = fixedClock("2026-11-22T07:00:00Z");
  const newId = idMaker(clock);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 200 }), (steps) => {
      const ids = steps.map((step) => {
        clock.advance(step);
        return newId();
      });
      expect(ids.toSorted()).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }),
  );
});

test("10,000 ids of one millisecond are all different and in order", () => {
  const newId = idMaker(fixedClock("2026-11-22T07:00:00Z"));
  const ids = Array.from({ length: 10_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
});

test("an id carries its time", () => {
  const id = idMaker(fixedClock("2026-11-22T07:00:00.123Z"))();
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.parse("2026-11-22T07:00:00.123Z"));
});

function logged(write: (log: ReturnType<typeof openLog>) => void): string {
  const lines: string[] = [];
  write(openLog({ level: "info", destination: { write: (line) => void lines.push(line) } }));
  return lines.join("");
}

test("a line carries the fields of its list and nothing else", () => {
  const careless: LogFields = Object.assign({ run: 7 }, { password: "hunter2", body: { token: "hunter2" } });
  const line = logged((log) => log.with({ organizationId: "o" }).info("claimed", careless));
  expect(JSON.parse(line)).toEqual({
    level: "info",
    time: expect.any(String),
    organizationId: "o",
    run: 7,
    msg: "claimed",
  });
});

test("of an error its message, code, stack and cause are logged, without passwords of URLs or other properties", () => {
  const cause = Object.assign(new Error("connect postgres://me:hunter2@db/x"), {
    code: "ECONNREFUSED",
    detail: "Key (hunter2)",
  });
  const line = logged((log) => log.error("failed", { error: new Error("outer", { cause }) }));
  expect(line).not.toContain("hunter2");
  expect(JSON.parse(line).error.cause).toMatchObject({
    code: "ECONNREFUSED",
    message: "connect postgres://[removed]@db/x",
  });
});
