import { expect, test, vi } from "vitest";
import { tryAgain } from "./try-again.ts";

const lost = (code: string) => Object.assign(new Error("ended"), { code });

test("what lost a deadlock is done again, everything else fails at once, and nothing is tried for ever", async () => {
  const second = vi.fn<() => Promise<string>>().mockRejectedValueOnce(lost("40P01")).mockResolvedValueOnce("done");
  expect(await tryAgain(second)).toBe("done");
  const broken = vi.fn<() => Promise<string>>().mockRejectedValue(lost("23505"));
  await expect(tryAgain(broken)).rejects.toMatchObject({ code: "23505" });
  expect(broken).toHaveBeenCalledTimes(1);
  const never = vi.fn<() => Promise<string>>().mockRejectedValue(lost("40001"));
  await expect(tryAgain(never)).rejects.toMatchObject({ code: "40001" });
  expect(never).toHaveBeenCalledTimes(4);
});
