import { problem } from "@plumbline/contract";
import { expect, test } from "vitest";
import { openPasswordAttempts } from "./password-attempts.ts";

const wrong = async () => {
  throw problem("wrong_credentials", "No.");
};
const right = async () => "in";

test("an address that was wrong too often waits a minute; others, and who is right, do not", async () => {
  let now = 0;
  const attempts = openPasswordAttempts({ perMinute: 3, now: () => now });
  for (let index = 0; index < 5; index++) expect(await attempts.guard("192.0.2.1", right)).toBe("in");
  for (let index = 0; index < 3; index++)
    await expect(attempts.guard("192.0.2.1", wrong)).rejects.toMatchObject({ code: "wrong_credentials" });
  await expect(attempts.guard("192.0.2.1", right)).rejects.toMatchObject({ code: "too_many_requests" });
  expect(await attempts.guard("192.0.2.2", right)).toBe("in");
  now = 60_001;
  expect(await attempts.guard("192.0.2.1", right)).toBe("in");
});

test("addresses of one IPv6 network count together, and so do attempts at the same time", async () => {
  const attempts = openPasswordAttempts({ perMinute: 3, now: () => 0 });
  const addresses = Array.from({ length: 20 }, (_, index) => `2001:db8::1:${index}`);
  const codes = await Promise.all(
    addresses.map((address) => attempts.guard(address, wrong).catch((error: { code: string }) => error.code)),
  );
  expect(codes.filter((code) => code === "wrong_credentials").length).toBeLessThanOrEqual(4);
  expect(await attempts.guard("2001:db8:1::1", right)).toBe("in");
});

test("few are checked at once, and a flood is turned away instead of being queued", async () => {
  const attempts = openPasswordAttempts({ perMinute: 1000, now: () => 0 });
  let running = 0;
  let most = 0;
  const go = Promise.withResolvers<void>();
  const slow = async () => {
    most = Math.max(most, ++running);
    await go.promise;
    running -= 1;
  };
  const all = Array.from({ length: 200 }, (_, index) =>
    attempts.guard(`192.0.2.${index}`, slow).then(
      () => "in",
      (error: { code: string }) => error.code,
    ),
  );
  go.resolve();
  const answers = await Promise.all(all);
  expect(most).toBe(2);
  expect(answers.filter((answer) => answer === "too_many_requests").length).toBe(98);
  expect(answers.filter((answer) => answer === "in").length).toBe(102);
});
