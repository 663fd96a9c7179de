import { expect, test } from "vitest";
import { driftCases } from "../../testing/fixtures/drift.ts";
import { workspaceOf } from "../../testing/fixtures/workspace.ts";
import { appliesOnStrip, casesOnStrip } from "./strip-marks.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const drift = (number: number, openedAt: string, closedAt: string | null = null) => {
  const [first] = driftCases;
  if (first === undefined) throw new Error("no fixture");
  return { ...first, number, openedAt, closedAt, status: closedAt === null ? ("open" as const) : ("closed" as const) };
};

test("names the cases of the week that there is room for, each where it began", () => {
  const marks = casesOnStrip(
    [
      drift(4, "2026-11-20T11:00:00Z"),
      drift(3, "2026-11-20T06:00:00Z", "2026-11-20T07:00:00Z"),
      drift(2, "2026-11-14T12:00:00Z", "2026-11-14T18:00:00Z"),
      drift(1, "2026-11-01T12:00:00Z", "2026-11-01T18:00:00Z"),
    ],
    [{ from: "2026-11-20T10:18:00Z", to: "2026-11-20T12:00:00Z", severity: "high" }],
    now,
  );
  expect(marks.map(({ number, left, isRight, lasted }) => [number, left, isRight, lasted])).toEqual([
    [4, 98.4, true, "1 h"],
    [2, 14.3, false, "6 h"],
  ]);
});

test("an apply stands where its state was stored, an old one nowhere", () => {
  const [version] = workspaceOf("database/prod")?.stateVersions ?? [];
  if (version === undefined) throw new Error("no fixture");
  const at = (createdAt: string) => appliesOnStrip([{ ...version, createdAt }], now).map(({ left }) => left);
  expect([...at("2026-11-17T00:00:00Z"), ...at("2026-11-13T11:59:00Z")]).toEqual([50]);
});
