import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkNewWaivers, readWaivers } from "./read-waivers.ts";
import { standingOf } from "./standing.ts";
import type { StandingInput } from "./standing.ts";
import { matchesPattern } from "../configuration/matches-pattern.ts";
import { covers } from "./waiver.ts";
import type { Waiver } from "./waiver.ts";

const now = new Date("2026-11-22T10:00:00Z");
const policy = { block: new Set(["critical", "high"] as const), blockOld: false, baselineDays: 90 };
const finding = {
  rule: "lab-bucket-public",
  severity: "critical",
  outcome: "fail",
  address: "module.a.lab_bucket.logs[0]",
} as const;
const waiver: Waiver = {
  rule: "lab-bucket-*",
  address: "module.a.*",
  environment: "dev",
  reason: "public on purpose",
  owner: "@owner",
  ticket: "SHOP-9",
  expires: "2026-11-22",
  line: 3,
};
const old = { firstSeenAt: new Date("2026-10-01T00:00:00Z"), dueAt: new Date("2026-12-30T00:00:00Z") };
const stand = (more: Partial<StandingInput> = {}) =>
  standingOf({ finding, known: undefined, waivers: [], touched: false, environment: "dev", policy, now, ...more });

describe("a finding", () => {
  it("blocks when it is new or touched, and only where its severity does", () => {
    expect(stand()).toEqual({ kind: "new", blocks: true, touched: false });
    expect(stand({ known: old, touched: true })).toEqual({ kind: "touched", blocks: true, touched: true });
    expect(stand({ finding: { ...finding, severity: "medium" } })).toMatchObject({ kind: "new", blocks: false });
    expect(stand({ finding: { ...finding, outcome: "unknown" } })).toBeUndefined();
  });

  it("that was there before is reported until its date, and blocks from then on", () => {
    expect(stand({ known: old })).toMatchObject({ kind: "baseline", blocks: false, until: "2026-12-30T00:00:00.000Z" });
    expect(stand({ known: old, now: old.dueAt })).toMatchObject({ kind: "overdue", blocks: true });
    expect(stand({ known: { ...old, dueAt: null } })).toMatchObject({ until: "2027-02-20T10:00:00.000Z" });
    expect(stand({ known: { ...old, dueAt: null }, policy: { ...policy, baselineDays: 0 } })).toMatchObject({
      kind: "overdue",
      blocks: true,
    });
    expect(stand({ known: old, policy: { ...policy, blockOld: true } })).toMatchObject({ blocks: true });
    expect(stand({ known: old, finding: { ...finding, severity: "low" } })).toEqual({
      kind: "baseline",
      blocks: false,
      touched: false,
    });
  });

  it("is let pass by a waiver to the end of its last day, touched or not, and blocks again after it", () => {
    const waivers = [waiver];
    expect(stand({ waivers, touched: true })).toMatchObject({
      kind: "waived",
      blocks: false,
      until: "2026-11-23T00:00:00.000Z",
      waiver: { ticket: "SHOP-9", line: 3 },
    });
    const after = new Date("2026-11-23T00:00:00Z");
    expect(stand({ waivers, now: after })).toMatchObject({ kind: "expired-waiver", blocks: true });
    expect(stand({ waivers, now: after, known: old })).toMatchObject({ kind: "expired-waiver", blocks: true });
    const longer = { ...waiver, expires: "2027-01-01" };
    expect(stand({ waivers: [waiver, longer], now: after })).toMatchObject({ waiver: { expires: "2027-01-01" } });
    expect(stand({ waivers, environment: "prod" })).toMatchObject({ kind: "new", blocks: true });
  });

  it("about a file that cannot be read is never let pass", () => {
    const syntax = {
      rule: "hcl-syntax",
      severity: "critical",
      outcome: "fail",
      place: { file: "a.tf", line: 1 },
    } as const;
    const all = { ...waiver, rule: "hcl-*", address: "*" };
    expect(stand({ finding: syntax, waivers: [all], known: old })).toMatchObject({ blocks: true });
  });
});

describe("patterns", () => {
  it("match whole texts", () => {
    expect(matchesPattern("a.b", "a.b")).toBe(true);
    expect(matchesPattern("a.b", "aXb")).toBe(false);
    expect(matchesPattern('*.aws_s3_bucket.x["*"]', 'module.a.aws_s3_bucket.x["k"]')).toBe(true);
    expect(matchesPattern("a*a", "a")).toBe(false);
    expect(covers(waiver, { rule: "lab-bucket-public", place: { file: "module.a.tf" } }, "dev")).toBe(true);
  });
  it("take no time on crafted texts", () => {
    expect(matchesPattern("*a".repeat(500), "a".repeat(499))).toBe(false);
    const crafted = { ...waiver, environment: `${"*".repeat(900)}x` };
    expect(covers(crafted, { rule: waiver.rule, address: waiver.address }, "production")).toBe(false);
  });
});

const file = (...entries: string[]) => `version: 1\nwaivers:\n${entries.join("")}`;
const entry = (more: Record<string, string> = {}) => {
  const all = {
    rule: "lab-bucket-public",
    address: "lab_bucket.logs",
    environment: "dev",
    reason: "it holds the press pictures",
    owner: '"@owner"',
    ticket: "SHOP-9",
    expires: "2027-01-31",
    ...more,
  };
  return `  - ${Object.entries(all)
    .map(([key, value]) => `${key}: ${value}`)
    .join("\n    ")}\n`;
};

describe("policies/waivers.yaml", () => {
  it("is read with the line of each entry", () => {
    const { waivers, problems } = readWaivers(file(entry(), entry({ environment: "test" })));
    expect(problems).toEqual([]);
    expect(waivers.map(({ environment, expires, line }) => ({ environment, expires, line }))).toEqual([
      { environment: "dev", expires: "2027-01-31", line: 3 },
      { environment: "test", expires: "2027-01-31", line: 10 },
    ]);
    expect(readWaivers("")).toEqual({ waivers: [], problems: [] });
    expect(readWaivers("version: 1\nwaivers:\n")).toEqual({ waivers: [], problems: [] });
  });

  it.each([
    [
      file("  - rule: x\n"),
      "3:5 The waiver has no address; each has rule, address, environment, reason, owner, ticket and expires.",
    ],
    [file(entry({ rule: '"*"', address: '"*"' })), "3:11 A waiver for every rule and every address"],
    [file(entry({ expires: "2027-02-30" })), "9:14 expires is a day"],
    [file(entry({ expires: "soon" })), "9:14 expires is a day"],
    [file(entry({ owner: "nobody" })), "7:12 owner is a person"],
    [file(entry({ approved: "yes" })), '10:5 Unknown key "approved"'],
    [file(entry(), entry()), "10:5 The waiver on line 3 is for the same"],
    ["version: 1\nwaivers: {}\n", "2:10 waivers must be a list."],
    ["waivers: []\n", "1:1 version must be 1."],
    ["- a", "1:1 The file is a map"],
    ["a: [", "1:5 "],
  ])("%j is told with line and column", (text, start) => {
    const { problems, waivers } = readWaivers(text);
    expect(`${problems[0]?.line}:${problems[0]?.column} ${problems[0]?.message}`).toContain(start);
    expect(waivers.length).toBeLessThan(2);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { waivers } = readWaivers(`version: 1\nwaivers: ${text}`);
        expect(waivers).toEqual([]);
      }),
    );
  });

  it("takes new and prolonged waivers up to the maximum, and leaves those of main alone", () => {
    const limits = { now, maxDays: 30 };
    const one = { ...waiver, expires: "2026-12-22" };
    expect(checkNewWaivers([], [one], limits)).toEqual([]);
    expect(checkNewWaivers([], [{ ...one, expires: "2026-12-23" }], limits)[0]?.message).toContain("at most 30 days");
    expect(checkNewWaivers([one], [{ ...one, expires: "2026-12-23" }], limits)).toHaveLength(1);
    expect(checkNewWaivers([{ ...one, expires: "2027-12-23" }], [{ ...one, expires: "2027-12-23" }], limits)).toEqual(
      [],
    );
    expect(checkNewWaivers([], [{ ...one, expires: "2026-11-21" }], limits)[0]?.message).toContain("has expired");
  });
});

it("a file that was made to take for ever is refused at once", () => {
  const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1\n`).join("");
  expect(readWaivers(`version: 1\n${keys}`).problems.length).toBe(20_000);
  expect(readWaivers(`version: 1\nversion: 1\n`).problems).toEqual([
    expect.objectContaining({ message: "Map keys must be unique", line: 2 }),
  ]);
  expect(readWaivers(`version: 1\n#${" ".repeat(600_000)}`).problems).toEqual([
    expect.objectContaining({ message: "The file has more than 512 KiB." }),
  ]);
  for (const deep of ["[".repeat(10_000), "[".repeat(10_000) + "]".repeat(10_000), "- ".repeat(10_000)])
    expect(readWaivers(`version: 1\nwaivers:\n  ${deep}`).problems).not.toEqual([]);
});
