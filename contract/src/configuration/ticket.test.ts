import { expect, it } from "vitest";
import { ticketMatches, ticketUrl } from "./ticket.ts";

it("a ticket matches as a whole and is linked with its name escaped", () => {
  const rule = { required: true, pattern: "[A-Z]+-[0-9]+", url: "https://t.example.com/{ticket}?x" };
  expect(["OPS-1", "xOPS-1", "OPS-1\n", "OPS-1x", ""].map((text) => ticketMatches(rule, text))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(ticketUrl(rule, "A/b$&")).toBe("https://t.example.com/A%2Fb%24%26?x");
});
