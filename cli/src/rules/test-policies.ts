import { tmpdir } from "node:os";
import { Problem } from "@plumbline/contract/errors";
import { findOpa } from "@plumbline/policy/rego/find-opa";
import { failedTests, testPolicies } from "@plumbline/policy/rego/test-policies";
import type { Context } from "../command/context.ts";
import { ProgramEnded, UsageFault } from "../command/faults.ts";
import { readPolicyDirectory } from "../scan/policy-directory.ts";
import { plural } from "../terminal/words.ts";

/** `plumb rules test DIRECTORY`: runs the tests of Rego policies; ends with 1 where one failed, 2 where some could not run. */
export async function testPolicyDirectory(context: Context, directory: string): Promise<void> {
  const { root, rego: files } = readPolicyDirectory(directory);
  const opa = await findOpa({ searchPath: context.terminal.env["PATH"] ?? "" }).catch((fault: unknown) => {
    // 1 would say that a test failed.
    throw fault instanceof Problem ? new UsageFault(fault.message, "Install OPA again.") : fault;
  });
  if (opa === undefined)
    throw new UsageFault("There is no opa on PATH, so the policies cannot be tested.", "Install OPA 0.70 or newer.");
  const { tests, failures } = await testPolicies({ opa, files, root, directory: tmpdir() });
  const failed = failedTests({ tests }).map(({ message }) => message);
  const untested = failures.map(({ message }) => message);
  context.print({ tests, failed, failures: untested }, (result, look) => [
    ...result.failed.map((message) => `${look.paint("red", "failed")}  ${message}`),
    ...result.failures.map((message) => `${look.paint("red", "not tested")}  ${message}`),
    result.failed.length > 0
      ? `${plural(result.failed.length, "test")} of ${result.tests.length} failed.`
      : `${plural(result.tests.filter(({ outcome }) => outcome === "passed").length, "test")} passed.`,
  ]);
  if (untested.length > 0) throw new ProgramEnded(2);
  if (failed.length > 0) context.fail();
}
