import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { evaluateDirectory } from "../evaluation/evaluate-directory.ts";
import { resourcesOfPlan } from "../resources/from-plan.ts";
import { planOfResources } from "../scan/plan-of-resources.ts";
import { findOpa } from "./find-opa.ts";
import { judgeByRego } from "./judge-by-rego.ts";
import { testPolicies } from "./test-policies.ts";

const opa = await findOpa();
const directory = await mkdtemp(join(tmpdir(), "sentinel-guide-"));
afterAll(() => rm(directory, { recursive: true }));

interface Block {
  language: string;
  /** What stands behind the language: `refused`, `allowed`, or a path. */
  role: string;
  text: string;
}

const guide = readFileSync(new URL("../../../docs/sentinel.md", import.meta.url), "utf8");
const sections = guide.split(/^## /m).map((section) => ({
  title: section.split("\n")[0] ?? "",
  blocks: [...section.matchAll(/^```(\w+) ?(\S*)\n(.*?)^```/gms)].map(
    ([, language = "", role = "", text = ""]): Block => ({ language, role, text }),
  ),
}));
const policies = sections.flatMap(({ blocks }) => blocks.filter(({ language, role }) => language === "rego" && !role));
const examples = sections.filter(({ blocks }) => blocks.some(({ role }) => role === "refused"));

function planOfHcl(text: string): unknown {
  const { resources } = evaluateDirectory(new Map([["main.tf", text]]), { root: ".", variableFiles: [] });
  return planOfResources(resources, "create");
}

async function judge(blocks: readonly Block[], subject: Block) {
  if (opa === undefined) throw new Error("no OPA on this machine: install the optional package, or put opa on PATH");
  const plan: unknown = subject.language === "json" ? JSON.parse(subject.text) : planOfHcl(subject.text);
  const files = new Map(
    blocks
      .filter(({ language }) => language === "rego" || language === "yaml")
      .map(({ role, text }) => [role || "policies/example.rego", text]),
  );
  const result = await judgeByRego(
    { opa, files, directory },
    { plan, resources: resourcesOfPlan(plan), timeoutMs: 5000 },
  );
  expect(result.failures.map(({ message }) => message)).toEqual([]);
  return result.findings.filter(({ finding }) => finding.severity !== "low").length;
}

describe("the guide for those who come from Sentinel", () => {
  it("has examples", () => expect(examples.length).toBeGreaterThan(5));

  it.each(examples)("$title", async ({ blocks }) => {
    for (const subject of blocks.filter(({ role }) => role === "refused"))
      expect(await judge(blocks, subject)).toBeGreaterThan(0);
    for (const subject of blocks.filter(({ role }) => role === "allowed")) expect(await judge(blocks, subject)).toBe(0);
  });

  it("shows a test that passes", async () => {
    if (opa === undefined) throw new Error("no OPA on this machine");
    const test = sections.flatMap(({ blocks }) => blocks).find(({ role }) => role.endsWith("_test.rego"));
    const files = new Map([
      ["policies/buckets.rego", policies[0]?.text ?? ""],
      [test?.role ?? "", test?.text ?? ""],
    ]);
    const { tests, failures } = await testPolicies({ opa, files, directory });
    expect(failures).toEqual([]);
    expect(tests.map(({ outcome }) => outcome)).toEqual(["passed", "passed"]);
  });
});
