import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { hashOfTool } from "@plumbline/policy/scanners/hash-tool";
import { hiddenBelow } from "../check-tools.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunFixture, startFixture, terraform } from "../testing/run-fixture.ts";
import { removeFolder, temporaryFolder } from "../testing/test-runner.ts";
import { testRun } from "../testing/test-server.ts";

const files = { "components/network/main.tf": 'resource "terraform_data" "a" {\n  input = "x"\n}\n' };

/** A scanner that tells as findings what it sees: the plan, the sources, its home, what it can reach. */
const program = `#!/bin/sh
set -e
network=$(wc -l < /proc/net/route)
leak=$(cat "$4" 2>/dev/null || echo none)
home=$(ls -A "$HOME" | wc -l)
cat > "$3" <<END
{"version":"2.1.0","runs":[{"results":[
{"ruleId":"seen","message":{"text":"routes $network, host $leak, home $home, work $(test -w /work && echo writable || echo readable), $(. "$(dirname "$0")/library")"},
"locations":[{"physicalLocation":{"artifactLocation":{"uri":"file://$2/components/network/main.tf"},"region":{"startLine":2}}}]},
{"ruleId":"planned","level":"error","message":{"text":"$(grep -o terraform_data.a "$1" | head -n 1)"}}]}]}
END
`;

/** A Checkov in a virtual environment: the one that PLUMBLINE_CHECKOV names, or that another test has installed. */
function installedCheckov(): string | undefined {
  const cache = join(import.meta.dirname, "../../../.cache");
  const kept = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith("checkov-")) : [];
  const candidates = [process.env["PLUMBLINE_CHECKOV"] ?? "", ...kept.map((name) => join(cache, name, "bin/checkov"))];
  const canBeShown = (path: string) => !hiddenBelow.some((folder) => path.startsWith(`${folder}/`));
  return candidates.find((path) => existsSync(join(path, "../../pyvenv.cfg")) && canBeShown(path));
}

const checkov = installedCheckov();

const policy = (scanners: string) => `version: 1\nscanners: ${scanners}\n`;

describe.skipIf(terraform === undefined)("a scanner in the real sandbox", () => {
  let fixture: RunFixture;
  let folder: string;
  beforeAll(async () => {
    folder = temporaryFolder();
    const tool = join(folder, "tool");
    mkdirSync(tool);
    writeFileSync(join(folder, "secret"), "host");
    writeFileSync(join(tool, "library"), "echo with its library");
    writeFileSync(join(tool, "scan"), program);
    chmodSync(join(tool, "scan"), 0o755);
    const house = {
      name: "house",
      kind: "sarif",
      path: join(tool, "scan"),
      directory: tool,
      sha256: await hashOfTool(tool),
      arguments: ["{plan}", "{sources}", "{output}", join(folder, "secret")],
    };
    fixture = await startFixture("terraform", { scanners: [house] });
  });
  afterAll(async () => {
    await fixture.stop();
    removeFolder(folder);
  });

  const judged = async (policyConfiguration: string) => {
    const { check } = testRun(files).job;
    const plan = testRun(files, { check: { ...check, policyConfiguration } });
    await fixture.finish(plan);
    return { plan, judgement: plan.planned?.judgement };
  };

  it("finds things, reaches nothing, and is placed on its lines", async () => {
    const { plan, judgement } = await judged(policy("[{ name: house, kind: sarif }]"));
    expect(plan.finish).toEqual({ outcome: "finished", error: null });
    expect(judgement?.failures).toEqual([]);
    expect(judgement?.findings.filter(({ source }) => source === "house")).toEqual([
      expect.objectContaining({ rule: "house:planned", severity: "high", address: "terraform_data.a" }),
      expect.objectContaining({
        rule: "house:seen",
        title: "routes 1, host none, home 0, work readable, with its library",
        address: "terraform_data.a",
        place: expect.objectContaining({ file: "components/network/main.tf", line: 1 }),
        seenBy: ["house"],
      }),
    ]);
  });

  it("that is not on the runner blocks", async () => {
    const { judgement } = await judged(policy("[{ name: checkov }]"));
    expect(judgement?.failures.map(({ message }) => message)).toEqual([
      "policies/plumbline-policy.yaml asks for the scanner checkov (checkov), which is not configured here.",
    ]);
  });

  it("that was changed is not run", async () => {
    writeFileSync(join(folder, "tool/library"), "echo another");
    const { plan } = await judged(policy("[{ name: house, kind: sarif }]"));
    expect(plan.finish?.error).toMatchObject({ code: "tool_changed" });
    const { plan: other } = await judged(policy("[]"));
    expect(other.finish).toEqual({ outcome: "finished", error: null });
  });
});

describe("Checkov in the real sandbox", () => {
  it("judges a plan without network", async (context) => {
    if (checkov === undefined || terraform === undefined) {
      const why = "Checkov in a virtual environment (PLUMBLINE_CHECKOV) and terraform are needed";
      process.stderr.write(`\nSKIPPED: Checkov in the real sandbox: ${why}\n`);
      return context.skip(why);
    }
    const directory = dirname(dirname(checkov));
    const sha256 = await hashOfTool(directory);
    const scanner = { name: "checkov", kind: "checkov", path: checkov, directory, sha256 };
    const fixture = await startFixture("terraform", { scanners: [scanner] });
    try {
      const { check } = testRun(files).job;
      const plan = testRun(files, { check: { ...check, policyConfiguration: policy("[{ name: checkov }]") } });
      await fixture.finish(plan);
      // Silence would be a failure: it has found the resource that it has to find.
      expect(plan.planned?.judgement?.failures).toEqual([]);
      expect(plan.finish).toEqual({ outcome: "finished", error: null });
    } finally {
      await fixture.stop();
    }
  });
});
