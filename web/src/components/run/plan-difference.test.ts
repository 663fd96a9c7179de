import { expect, test } from "vitest";
import { runOf } from "../../testing/fixtures/runs.ts";
import { planDifferences } from "./plan-difference.ts";

test("names the attribute that differs from the approved plan, and nothing else", () => {
  const [approved, held] = [runOf(1893)?.plan, runOf(1891)?.plan];
  if (!approved || !held) throw new Error("the fixtures have plans");
  expect(planDifferences(approved, held)).toEqual([
    { address: "aws_db_instance.orders", path: "allocated_storage", approved: "50 → 100", now: "60 → 100" },
  ]);
  expect(planDifferences(approved, approved)).toEqual([]);
  const [gone] = planDifferences(approved, { ...approved, resources: approved.resources.slice(1) });
  expect(gone).toMatchObject({ address: "aws_kms_key.orders", now: null });
});
