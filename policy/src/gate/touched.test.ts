import { expect, test } from "vitest";
import { linesOfPatch, touchedByLines, touchedByPlan, touchedByView } from "./touched.ts";

const change = (actions: string[], before: unknown, after: unknown, afterUnknown: unknown = {}) =>
  new Map([["a.b", { address: "a.b", change: { actions, before, after, afterUnknown } }]]);
const at = (attribute?: string) => ({ address: "a.b", ...(attribute === undefined ? {} : { attribute }) });

test("a finding is touched where its resource is made anew or its attribute changes", () => {
  expect(touchedByPlan(at("public"), change(["create"], null, { public: true }))).toBe(true);
  expect(touchedByPlan(at("public"), change(["delete", "create"], { public: true }, { public: true }))).toBe(true);
  expect(touchedByPlan(at("public"), change(["no-op"], { public: true }, { public: true }))).toBe(false);
  expect(touchedByPlan(at("public"), change(["update"], { public: true, size: 1 }, { public: true, size: 2 }))).toBe(
    false,
  );
  expect(touchedByPlan(at("public"), change(["update"], { public: false }, { public: true }))).toBe(true);
  expect(touchedByPlan(at("ingress[3].cidr"), change(["update"], { ingress: [1] }, { ingress: [1, 2] }))).toBe(true);
  // Known only after apply: it may become another value.
  expect(touchedByPlan(at("policy"), change(["update"], { policy: "x" }, {}, { policy: true }))).toBe(true);
  expect(touchedByPlan(at("rule.a"), change(["update"], { rule: [{}] }, { rule: [{}] }, { rule: [{ a: true }] }))).toBe(
    true,
  );
  // Without an attribute it is about the resource as a whole.
  expect(touchedByPlan(at(), change(["update"], { size: 1 }, { size: 2 }))).toBe(true);
  const place = { file: "main.tf", line: 1 };
  expect(touchedByPlan({ address: "c.d", attribute: "x", place }, change(["create"], null, {}))).toBe(false);
  expect(touchedByPlan({ place }, change(["create"], null, {}))).toBe(false);
});

test("a finding that does not say what it is about is touched by every change of the plan", () => {
  expect(touchedByPlan({}, change(["create"], null, {}))).toBe(true);
  expect(touchedByPlan({ address: "the plan" }, change(["update"], { a: 1 }, { a: 2 }))).toBe(true);
  expect(touchedByPlan({}, change(["no-op"], {}, {}))).toBe(false);
});

test("a finding of a block is touched by every instance of it", () => {
  const [one] = change(["update"], { public: false }, { public: true }).values();
  const changes = new Map(
    one === undefined ? [] : [['module.x["k"].a.b[1]', { ...one, address: 'module.x["k"].a.b[1]' }]],
  );
  const place = { file: "main.tf", line: 1 };
  expect(touchedByPlan({ address: "module.x.a.b", attribute: "public", place }, changes)).toBe(true);
  expect(touchedByPlan({ address: "module.x.a.b", attribute: "size", place }, changes)).toBe(false);
});

test("the plan as it is shown says the same", () => {
  const shown = (action: string, ...paths: string[]) =>
    new Map([["a.b", { address: "a.b", action, attributes: paths.map((path) => ({ path })) }]]);
  expect(touchedByView(at("public"), shown("update", "tags.x"))).toBe(false);
  expect(touchedByView(at("public"), shown("update", "public"))).toBe(true);
  expect(touchedByView(at("ingress[0].cidr"), shown("update", "ingress[1].port"))).toBe(true);
  expect(touchedByView(at("public"), shown("replace"))).toBe(true);
  expect(touchedByView(at("public"), shown("delete"))).toBe(false);
});

test("the lines that a patch adds are counted in the new file", () => {
  const patch =
    "@@ -1,3 +1,4 @@ header\n a\n-b\n+B\n+C\n c\n@@ -10 +11,2 @@\n-x\n+y\n+z\n\\ No newline at end of file\n";
  expect(linesOfPatch(patch)).toEqual(new Set([2, 3, 11, 12]));
  expect(linesOfPatch("")).toEqual(new Set());
  expect(linesOfPatch(null)).toBe("all");
});

test("a finding is touched by its own line and by any that causes its value", () => {
  const finding = { place: { file: "main.tf", line: 4 }, chain: [{ file: "env.tfvars", line: 2 }] };
  const lines = (changed: Record<string, ReadonlySet<number> | "all">) => (file: string) => changed[file];
  expect(touchedByLines(finding, lines({ "main.tf": new Set([4]) }))).toBe(true);
  expect(touchedByLines(finding, lines({ "main.tf": new Set([5]), "env.tfvars": new Set([2]) }))).toBe(true);
  expect(touchedByLines(finding, lines({ "main.tf": new Set([5]), "env.tfvars": new Set([3]) }))).toBe(false);
  expect(touchedByLines(finding, lines({ "env.tfvars": "all" }))).toBe(true);
  expect(touchedByLines({ chain: [] }, lines({}))).toBe(false);
});
