import { expect, test } from "vitest";
import { plumb } from "../testing/fake-terminal.ts";

test("rules are listed and filtered", async () => {
  const { stdout, exitCode } = await plumb([
    "rules",
    "list",
    "--type",
    "lab_database",
    "--severity",
    "critical",
    "--json",
  ]);
  expect(exitCode).toBe(0);
  const { items } = JSON.parse(stdout);
  expect(items.map(({ id }: { id: string }) => id)).toEqual(["lab-database-public"]);
  const sources = await plumb(["rules", "list", "--category", "anti-pattern"]);
  expect(sources.stdout).toContain("environment-name-in-logic");
  expect(sources.stdout).not.toContain("lab-database-public");
});

test("a rule is shown with its examples as they stand", async () => {
  const { stdout } = await plumb(["rules", "show", "lab-database-public"]);
  expect(stdout).toContain("critical");
  expect(stdout).toMatch(/^Bad:\n {4}resource "lab_database"/m);
  expect(stdout).toMatch(/^Good:\n {4}resource "lab_database"/m);
  expect((await plumb(["rules", "show", "hcl-syntax"])).stdout).toContain("looks at  sources");
});

test("the examples of a rule are run; rules over sources have none", async () => {
  expect(await plumb(["rules", "test", "lab-database-public"])).toMatchObject({
    exitCode: 0,
    stdout: "2 examples as they should be.\n",
  });
  expect(await plumb(["rules", "test", "hcl-syntax"])).toMatchObject({ exitCode: 2 });
});
