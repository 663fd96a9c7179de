import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { inTurn } from "./in-turn.ts";

test("work of one key is done in the order it came, after a failure too; other keys do not wait", async () => {
  const turn = inTurn();
  const seen: string[] = [];
  const step = (name: string, key: string, milliseconds: number) =>
    turn(key, async () => {
      seen.push(`${name} begins`);
      await sleep(milliseconds);
      seen.push(`${name} ends`);
      if (name === "broken") throw new Error("it broke");
      return name;
    });
  const broken = step("broken", "a", 30);
  const second = step("second", "a", 1);
  const other = step("other", "b", 1);
  await expect(broken).rejects.toThrow("it broke");
  expect(await second).toBe("second");
  expect(await other).toBe("other");
  expect(seen).toEqual(["broken begins", "other begins", "other ends", "broken ends", "second begins", "second ends"]);
});
