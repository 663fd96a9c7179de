import { expect, test } from "vitest";
import { backupFinding, databaseProdPlan, encryptionFinding } from "../../testing/fixtures/plans.ts";
import { foldedAtFirst, planRows } from "./plan-rows.ts";

const findings = [encryptionFinding, backupFinding];

test("a finding stands right under its attribute, one without a changed attribute at the end of its resource", () => {
  const keys = planRows(databaseProdPlan, findings, new Set()).map(({ key }) => key);
  const encrypted = keys.indexOf("aws_db_instance.reporting storage_encrypted");
  expect(keys[encrypted + 1]).toBe("finding f-1");
  const orders = keys.indexOf("aws_db_instance.orders");
  expect(keys.slice(orders, orders + 5)).toEqual([
    "aws_db_instance.orders",
    "aws_db_instance.orders allocated_storage",
    "aws_db_instance.orders deletion_protection",
    "finding f-2",
    "aws_db_instance.orders rest",
  ]);
});

test("a finding of the code or of an unplanned resource comes first", () => {
  const { address: _, ...ofCode } = encryptionFinding;
  expect(planRows(databaseProdPlan, [ofCode], new Set())[0]).toMatchObject({ kind: "finding" });
  expect(planRows(databaseProdPlan, [{ ...encryptionFinding, address: "aws_x.gone" }], new Set())[0]).toMatchObject({
    kind: "finding",
  });
});

test("a finding on a block stands under the attribute inside it, once", () => {
  const rows = planRows(
    databaseProdPlan,
    [{ ...encryptionFinding, address: "aws_security_group.orders", attribute: "ingress" }],
    new Set(),
  );
  const at = rows.findIndex(({ key }) => key === 'aws_security_group.orders ingress["0.0.0.0/0"]');
  expect(rows[at + 1]).toMatchObject({ kind: "finding" });
  expect(rows.filter(({ kind }) => kind === "finding")).toHaveLength(1);
});

test("a resource that undoes an outside change says so", () => {
  const undoes = planRows(databaseProdPlan, [], new Set()).flatMap((row) =>
    row.kind === "resource" && row.undoes ? [row.key] : [],
  );
  expect(undoes).toEqual(["aws_security_group.orders"]);
});

test("long creations begin folded unless something was found in them", () => {
  expect([...foldedAtFirst(databaseProdPlan, findings)]).toEqual(["aws_route53_record.reporting"]);
  expect([...foldedAtFirst(databaseProdPlan, findings, true)]).toEqual([
    "aws_route53_record.reporting",
    "aws_db_parameter_group.orders",
    "aws_security_group.orders",
  ]);
  const folded = planRows(databaseProdPlan, findings, new Set(["aws_db_instance.reporting"]));
  expect(folded.some(({ key }) => key === "finding f-1")).toBe(false);
});
