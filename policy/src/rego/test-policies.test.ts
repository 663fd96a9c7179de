import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findOpa } from "./find-opa.ts";
import { failedTests, testPolicies } from "./test-policies.ts";

const opa = await findOpa();
const directory = await mkdtemp(join(tmpdir(), "rego-tests-"));
afterAll(() => rm(directory, { recursive: true }));

async function run(files: Record<string, string>, timeoutMs?: number) {
  if (opa === undefined) throw new Error("no OPA on this machine: install the optional package, or put opa on PATH");
  const result = await testPolicies({ opa, files: new Map(Object.entries(files)), directory }, timeoutMs);
  return {
    tests: result.tests.map(({ outcome, file, line, name }) => `${outcome} ${file}:${line} ${name}`),
    failed: failedTests(result).map(({ message }) => message),
    failures: result.failures.map(({ message }) => message),
  };
}

const policy = `deny[msg] {
  input.resource_type == "aws_s3_bucket"
  input.planned_values.acl == data.forbidden[_]
  msg := "no"
}
`;

describe("tests of policies", () => {
  it("run with data, in both versions of the language, also where a package is missing", async () => {
    const { tests, failed, failures } = await run({
      "policies/buckets.rego": policy,
      "policies/buckets_test.rego": `bucket(acl) = {"resource_type": "aws_s3_bucket", "planned_values": {"acl": acl}}

test_public { deny["no"] with input as bucket("public-read") }
test_private { count(deny) == 0 with input as bucket("private") }
test_wrong { deny["no"] with input as bucket("private") }
`,
      "policies/modern_test.rego": `package modern_test\n\ntest_one if {\n\tprint("why", 1)\n\tfalse\n}\n\ntodo_test_two if { false }\n`,
      "policies/forbidden.json": `{"forbidden": ["public-read"]}`,
    });
    expect(failures).toEqual([]);
    expect(tests).toEqual([
      "passed policies/buckets_test.rego:3 test_public",
      "passed policies/buckets_test.rego:4 test_private",
      "failed policies/buckets_test.rego:5 test_wrong",
      "failed policies/modern_test.rego:3 test_one",
      "skipped policies/modern_test.rego:8 todo_test_two",
    ]);
    expect(failed).toEqual([
      "policies/buckets_test.rego:5: test_wrong failed.",
      "policies/modern_test.rego:3: test_one failed; it printed: why 1",
    ]);
  });

  it("that do not compile are told with file and line, the others run", async () => {
    const { tests, failures } = await run({
      "policies/a_test.rego": "package a\n\ntest_a { nothing_of_this_name(1) }\n",
      "policies/b_test.rego": "package b\ntest_b { true }\n",
      "policies/c_test.rego": "package c\ntest_c { = }\n",
    });
    expect(tests).toEqual(["passed policies/b_test.rego:2 test_b"]);
    expect(failures.sort()).toEqual([
      "policies/a_test.rego:3: undefined function nothing_of_this_name",
      expect.stringContaining("policies/c_test.rego:2: "),
    ]);
  });

  it("that never end are stopped", async () => {
    const slow = "package s\ntest_s { x := numbers.range(1, 1000000000)[_]; x < 0 }\n";
    const { failures } = await run({ "policies/s_test.rego": slow }, 300);
    expect(failures).toEqual([expect.stringContaining("the tests took longer than 300 ms")]);
  });

  it("are none where there are none", async () => {
    expect(await run({ "policies/buckets.rego": policy })).toEqual({ tests: [], failed: [], failures: [] });
    expect(await run({})).toEqual({ tests: [], failed: [], failures: [] });
  });
});
