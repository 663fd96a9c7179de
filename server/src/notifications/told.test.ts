import { describe, expect, test } from "vitest";
import { audienceOfChannel, audienceOfRoles, toldTo } from "./told.ts";
import type { Tellable, Told } from "./told.ts";

const about = (...environments: string[]): Tellable => ({ subject: "S", body: "B", environments, part: null });
const change = (environments: string[], beyond = false, affected = environments): Tellable => ({
  subject: "#7 Secret plans of initech: approval wanted",
  body: "Planned and checked. Next: ines of initech approves.",
  environments,
  part: { beyond, environments: affected, label: "#7", words: "approval wanted", body: "The whole of it waits." },
});
const partOf = (names: string) => `#7 The part for ${names} of a larger change: approval wanted`;

function toPerson(notification: Tellable, ...patterns: string[]): Told | null {
  const audience = audienceOfRoles(patterns.map((environments) => ({ role: "approver", environments })));
  return audience === undefined ? null : toldTo(notification, audience);
}
function toChannel(notification: Tellable, ...patterns: string[]): Told | null {
  const audience = audienceOfChannel(patterns, notification);
  return audience === undefined ? null : toldTo(notification, audience);
}

describe.each([
  ["a person", toPerson],
  ["a channel", toChannel],
])("%s for a client alone is told", (_who, to) => {
  test("all of what is about its environments", () => {
    expect(to(about("globex/prod"), "globex/*")).toEqual({ subject: "S", body: "B", environments: ["globex/prod"] });
    expect(to(change(["globex/prod", "globex/test"]), "globex/*")?.subject).toContain("Secret plans");
  });

  test("nothing of another client's, of the organization's own and of what is about no environment", () => {
    for (const environments of [["initech/prod"], ["prod"], [], ["globexx/prod"], ["globex"]]) {
      expect(to(about(...environments), "globex/*")).toBeNull();
      expect(to(change(environments), "globex/*")).toBeNull();
      expect(to(change(environments, true), "globex/*")).toBeNull();
    }
  });

  test.each([
    ["others' environments", change(["initech/prod", "globex/prod", "globex/test", "prod"])],
    ["code", change(["globex/prod", "globex/test"], true)],
  ])("of a change that touches %s too its part, and no word that somebody wrote", (_what, notification) => {
    expect(to(notification, "globex/*")).toEqual({
      subject: partOf("globex/prod, globex/test"),
      body: "The whole of it waits.",
      environments: ["globex/prod", "globex/test"],
    });
    expect(to(notification, "globex/prod")?.subject).toBe(partOf("globex/prod"));
  });

  test("of a change that once touched it, without naming what it touches now", () => {
    const told = to(change(["globex/prod", "initech/prod"], false, ["initech/prod"]), "globex/*");
    expect(told?.subject).toBe("#7 A part of a larger change: approval wanted");
  });
});

test("who has a role beside it is told as its page shows him", () => {
  expect(toPerson(change(["initech/prod"], true), "globex/*", "prod")?.subject).toContain("Secret plans");
  expect(toPerson(about("initech/prod"), "globex/*", "prod")).toBeNull();
  expect(toPerson(about("prod"), "globex/*", "prod")).not.toBeNull();
  expect(toPerson(about(), "prod")).not.toBeNull();
});

test("who has no role is told nothing", () => {
  expect(toPerson(change(["prod"]))).toBeNull();
  expect(toPerson(about())).toBeNull();
});

test("a channel for some environments of the organization gets what is about one of them, whole", () => {
  expect(toChannel(change(["prod", "dev"], true), "prod")?.subject).toContain("Secret plans");
  expect(toChannel(change(["dev"], true), "prod")).toBeNull();
  expect(toChannel(about("dev"), "prod", "globex/*")).toBeNull();
  expect(toChannel(about("globex/prod"), "prod", "globex/*")).not.toBeNull();
  expect(toChannel(about(), "prod")).toBeNull();
  expect(toChannel(about(), "*")).not.toBeNull();
});
