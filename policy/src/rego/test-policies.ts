import { join } from "node:path";
import { problem } from "@plumbline/contract/errors";
import type { Problem } from "@plumbline/contract/errors";
import { isObject, objectAt, stringAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import { writeBundle } from "./bundle.ts";
import { readDataFiles } from "./data-files.ts";
import { inDirectory } from "./evaluate.ts";
import { faultsIn } from "./faults.ts";
import { limitsFor, whyStopped } from "./limits.ts";
import { preparePolicies } from "./prepare.ts";
import type { Policy } from "./prepare.ts";
import type { RegoInput } from "./rego-input.ts";
import { attemptWithout } from "./repair.ts";
import type { Attempt } from "./repair.ts";
import { runProgram } from "./run-program.ts";

/** How one rule `test_...` came out. */
export interface PolicyTest {
  file: string;
  line: number;
  package: string;
  name: string;
  /** `skipped` are the ones called `todo_test_...`. */
  outcome: "passed" | "failed" | "skipped";
  /** What the test printed. */
  output?: string;
}

export interface PolicyTests {
  tests: PolicyTest[];
  /** What could not be tested: files that do not compile, data that cannot be read, limits. Each fails the check. */
  failures: Problem[];
}

/** All tests together may take so many milliseconds of a processor. */
const testLimitMs = 30_000;

/**
 * Runs the tests of policies, `test_...` in `*_test.rego` and elsewhere, with `opa test` under the same capabilities as
 * the policies. `input.files` holds policies, tests and data.
 */
export async function testPolicies(input: RegoInput, timeoutMs: number = testLimitMs): Promise<PolicyTests> {
  const { opa, files, root, directory, run = runProgram } = input;
  const { policies, failures } = preparePolicies(files, { ...(root === undefined ? {} : { root }), withTests: true });
  const read = readDataFiles(files, root);
  failures.push(...read.failures);
  if (opa === "") {
    const message = "The tests of the policies were not run: there is no OPA here.";
    return { tests: [], failures: [...failures, problem("policy_unjudged", message)] };
  }
  if (policies.length === 0) return { tests: [], failures };
  const limits = limitsFor(timeoutMs, 0, 0);
  return inDirectory({ opa, run, directory }, async (own) => {
    const { answer, failures: faults } = await attemptWithout(
      policies,
      async (left, number): Promise<Attempt<PolicyTest[]>> => {
        const bundle = `bundle-${number}`;
        await writeBundle(join(own, bundle), left, read.data);
        const options = {
          timeoutMs: limits.wallMs,
          cpuMs: limits.cpuMs,
          memoryBytes: limits.memoryBytes,
          directory: own,
        };
        const shared = ["--format", "json", "--capabilities", "capabilities.json", "--bundle", bundle];
        // `opa test` does not say where a file is wrong, `opa check` does.
        const checked = await run(opa, ["check", ...shared], options);
        if (checked.exitCode !== 0 && !checked.stopped) {
          const found = faultsIn(checked.stdout.trim() === "" ? checked.stderr : checked.stdout);
          return {
            faults: found.length > 0 ? found : [{ message: checked.stderr.trim().slice(0, 500), isParseError: false }],
          };
        }
        const tested = checked.stopped ? checked : await run(opa, ["test", ...shared, "--timeout", "10s"], options);
        if (tested.stopped)
          return {
            faults: [
              { message: whyStopped(tested.stopped, limits).replace("the policies", "the tests"), isParseError: false },
            ],
          };
        const tests = testsIn(tested.stdout, left);
        return tests
          ? { answer: tests }
          : {
              faults: [
                { message: `opa test gave no results: ${tested.stderr.trim().slice(0, 500)}`, isParseError: false },
              ],
            };
      },
    );
    return { tests: (answer ?? []).sort(byPlace), failures: [...failures, ...faults] };
  });
}

/** One problem for each failed test, with its place. */
export function failedTests({ tests }: Pick<PolicyTests, "tests">): Problem[] {
  return tests
    .filter(({ outcome }) => outcome === "failed")
    .map(({ file, line, name, output }) =>
      problem(
        "policy_unjudged",
        `${file}:${line}: ${name} failed${output === undefined ? "." : `; it printed: ${output.trim().slice(0, 500)}`}`,
        { places: [{ file, line }] },
      ),
    );
}

function testsIn(text: string, policies: readonly Policy[]): PolicyTest[] | undefined {
  if (text.trim() === "") return [];
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (answer === null) return [];
  if (!Array.isArray(answer)) return undefined;
  return answer.flatMap((entry: Json) => (isObject(entry) ? [toTest(entry, policies)] : []));
}

function toTest(entry: JsonObject, policies: readonly Policy[]): PolicyTest {
  const location = objectAt(entry, "location");
  const file = stringAt(location, "file") ?? "";
  const policy = policies.find((one) => file.endsWith(`/${one.file}`));
  const row = location["row"];
  const output = stringAt(entry, "output");
  const name = stringAt(entry, "name") ?? "";
  return {
    file: policy?.path ?? file,
    line: Math.max(1, (typeof row === "number" ? row : 1) - (policy?.added ?? 0)),
    package: (stringAt(entry, "package") ?? "").replace(/^data\./, ""),
    name,
    outcome:
      entry["skip"] === true ? "skipped" : entry["fail"] === true || entry["error"] !== undefined ? "failed" : "passed",
    ...(output === undefined ? {} : { output: Buffer.from(output, "base64").toString("utf8") }),
  };
}

function byPlace(left: PolicyTest, right: PolicyTest): number {
  return left.file < right.file ? -1 : left.file > right.file ? 1 : left.line - right.line;
}
