import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ProgramResult, RunOptions } from "../rego/run-program.ts";
import { planOf } from "../testing/plans.ts";
import { runRequestedScanners } from "./requested.ts";
import { runScanners } from "./run-scanners.ts";
import type { ScannerSubject, ScannerTool } from "./scanner.ts";
import { canary, checkovAnswer, trivyAnswer } from "./testing/answers.ts";

const directory = await mkdtemp(join(tmpdir(), "scanners-test-"));
afterAll(() => rm(directory, { recursive: true }));

const plan = planOf([
  { address: "aws_s3_bucket.logs", after: {} },
  { address: "module.m.aws_s3_bucket.logs", after: {} },
  { address: 'aws_db_instance.db["a"]', after: {} },
  { address: 'aws_db_instance.db["b"]', after: {} },
]);
const files = new Map([
  ["main.tf", '# checkov:skip=CKV_AWS_20:no\nresource "a" "b" {\n  x = 1 # tfsec:ignore:aws-s3 trivy:ignore:X\n}\n'],
  ["/outside/main.tf", "a = 1\n"],
]);

type Answer = (
  args: readonly string[],
  options: RunOptions,
) => Partial<ProgramResult> | Promise<Partial<ProgramResult>>;

async function run(tool: Omit<ScannerTool, "program">, subject: ScannerSubject, answer: Answer) {
  const result = await runScanners([{ ...tool, program: "/opt/tool" }], subject, {
    directory,
    run: async (_program, args, options) => ({ exitCode: 0, stdout: "", stderr: "", ...(await answer(args, options)) }),
  });
  return {
    found: result.findings.map(({ rule, severity = "-", addresses, attribute = "-", place }) =>
      [rule, severity, addresses.join("+") || "-", attribute, place ? `${place.file}:${place.line}` : "-"].join(" "),
    ),
    failures: result.failures.map(({ message }) => message),
  };
}

const checkov = { name: "checkov", kind: "checkov" } as const;
const trivy = { name: "trivy", kind: "trivy" } as const;

describe("Checkov", () => {
  it("is read from a plan, by address and attribute", async () => {
    const stdout = checkovAnswer([
      canary.checkov,
      { id: "CKV_AWS_24", address: "module.m.aws_s3_bucket.logs", keys: ["ingress/[0]/from_port", "x"] },
      { id: "CKV_AWS_21", address: "aws_s3_bucket.logs", keys: ["resource_type"] },
    ]);
    const { found, failures } = await run(checkov, { plan, files }, (args) => {
      expect(args).toEqual(expect.arrayContaining(["--framework", "terraform_plan", "--skip-download", "--soft-fail"]));
      return { stdout };
    });
    expect(failures).toEqual([]);
    expect(found).toEqual([
      "CKV_AWS_24 - module.m.aws_s3_bucket.logs ingress[0].from_port -",
      "CKV_AWS_21 - aws_s3_bucket.logs - -",
    ]);
  });

  it("is read from sources, by file and line", async () => {
    const stdout = checkovAnswer([
      { ...canary.checkov, file: "/plumbline_canary.tf", line: 1 },
      { id: "CKV_AWS_21", address: "aws_s3_bucket.logs", file: "/outside/main.tf", line: 7 },
    ]);
    const { found } = await run(checkov, { files }, () => ({ stdout }));
    expect(found).toEqual(["CKV_AWS_21 - aws_s3_bucket.logs - /outside/main.tf:7"]);
  });

  it.each<[string, Partial<ProgramResult>, string]>([
    ["an exit code", { exitCode: 2, stderr: "Traceback\nbroken" }, "it ended with 2: Traceback broken"],
    ["a signal", { exitCode: null }, "it ended with a signal"],
    ["no JSON", { stdout: "hello" }, "has not judged this"],
    ["another JSON", { stdout: "[]" }, "its answer is no report"],
    ["too much time", { exitCode: null, stopped: "time" }, "it took longer than 300 s"],
    ["a file it could not parse", { stdout: checkovAnswer([canary.checkov], 1) }, "it could not parse"],
    ["silence about what it had to find", { stdout: checkovAnswer([]) }, "it did not find what it had to find"],
  ])("fails closed at %s", async (_, answer, said) => {
    const { found, failures } = await run(checkov, { plan, files }, () => answer);
    expect(found).toEqual([]);
    expect(failures).toEqual([expect.stringContaining(said)]);
    expect(failures[0]).toContain("The scanner checkov has not judged this");
  });
});

describe("Trivy", () => {
  it("has modules and instances found again", async () => {
    const name = "aws_s3_bucket.logs_2eb1ed78adfd433cb1e6db467c10635a"; // md5 of module.m
    const stdout = trivyAnswer([
      canary.trivy,
      { id: "AVD-AWS-0086", resource: "aws_s3_bucket.logs" },
      { id: "AWS-0087", resource: name, severity: "UNKNOWN" },
      { id: "AWS-0080", resource: "aws_db_instance.db" },
      { id: "AWS-0080", resource: "aws_db_instance.db", line: 20 },
      { id: "AWS-0180", resource: "aws_db_instance.db", severity: "LOW" },
    ]);
    const { found } = await run(trivy, { plan, files }, () => ({ stdout }));
    expect(found).toEqual([
      "AWS-0086 high aws_s3_bucket.logs - -",
      "AWS-0087 - module.m.aws_s3_bucket.logs - -",
      'AWS-0080 high aws_db_instance.db["a"] - -',
      'AWS-0080 high aws_db_instance.db["b"] - -',
      'AWS-0180 low aws_db_instance.db["a"]+aws_db_instance.db["b"] - -',
    ]);
  });

  it("fails closed where it did not take the plan for one", async () => {
    const { failures } = await run(trivy, { plan, files }, () => ({ stdout: '{"SchemaVersion":2}' }));
    expect(failures).toEqual([expect.stringContaining("it did not find what it had to find")]);
  });
});

describe("a producer of SARIF", () => {
  const house: Omit<ScannerTool, "program"> = {
    name: "house",
    kind: "sarif",
    arguments: ["--in={plan}", "{sources}", "--out", "{output}"],
  };
  const sarif = (run: object) => JSON.stringify({ version: "2.1.0", runs: [run] });

  it("gets its arguments, and is read from the file that it wrote", async () => {
    const rules = [
      { id: "H1", shortDescription: { text: "One" }, properties: { "security-severity": "9.1" } },
      { id: "H2", helpUri: "https://example.com", defaultConfiguration: { level: "note" } },
    ];
    const results = [
      {
        ruleId: "H1",
        message: { text: "a" },
        locations: [{ logicalLocations: [{ fullyQualifiedName: "aws_s3_bucket.logs" }] }],
      },
      { ruleIndex: 1, message: { text: "look at `module.m.aws_s3_bucket.logs`." } },
      {
        ruleId: "H3",
        level: "error",
        message: { text: "x" },
        suppressions: [{ kind: "inSource" }],
        locations: [{ physicalLocation: { artifactLocation: { uri: "SOURCES/main.tf" }, region: { startLine: 2 } } }],
      },
      { ruleId: "H4", kind: "pass", message: { text: "fine" } },
    ];
    const { found, failures } = await run(house, { plan, files }, async ([input, sources = "", , output = ""]) => {
      expect(JSON.parse(await readFile((input ?? "").slice("--in=".length), "utf8"))).toEqual(plan);
      const text = sarif({ tool: { driver: { rules } }, results }).replace("SOURCES", `file://${sources}`);
      await writeFile(output, text);
      return { exitCode: 1 };
    });
    expect(failures).toEqual([]);
    expect(found).toEqual([
      "H1 critical aws_s3_bucket.logs - -",
      "H2 low module.m.aws_s3_bucket.logs - -",
      "H3 high - - main.tf:2",
    ]);
  });

  it.each<[string, Partial<ProgramResult>, string]>([
    ["another exit code", { exitCode: 2, stdout: sarif({ results: [] }) }, "it ended with 2"],
    ["another version", { stdout: '{"version":"2.0.0","runs":[]}' }, "is not SARIF 2.1.0"],
    ["a run that failed", { stdout: sarif({ invocations: [{ executionSuccessful: false }] }) }, "it failed"],
  ])("fails closed at %s", async (_, answer, said) => {
    expect((await run(house, { plan, files }, () => answer)).failures).toEqual([expect.stringContaining(said)]);
  });

  it("names no place but a line of a file that it was given", async () => {
    const place = (uri: string, startLine: number) => ({
      ruleId: "H1",
      message: { text: "x" },
      locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }],
    });
    const results = [place("../../etc/passwd", 1), place("main.tf%0A::error::", 1), place("main.tf", 2.5)];
    const { found } = await run(house, { plan, files }, () => ({ stdout: sarif({ results }) }));
    expect(found).toEqual(["H1 medium - - -", "H1 medium - - -", "H1 medium - - main.tf:2"]);
  });

  it("is not kept waiting by a source of nothing but blanks", async () => {
    const blanks = new Map([["main.tf", `# ts${" ".repeat(400_000)}\n`]]);
    expect((await run(house, { plan, files: blanks }, () => ({ stdout: sarif({ results: [] }) }))).failures).toEqual(
      [],
    );
  });

  it("that wants a plan fails where there is none", async () => {
    expect((await run(house, { files }, () => ({}))).failures).toEqual([expect.stringContaining("it wants a plan")]);
  });
});

describe("Sentinel", () => {
  const policies = new Map([
    ["policies/owners.sentinel", "main = rule { false }"],
    ["policies/broken.sentinel", "main = "],
  ]);
  const sentinel = { name: "sentinel", kind: "sentinel" } as const;

  it("answers by its exit codes", async () => {
    const owners = new Map([...policies].slice(0, 1));
    const { found, failures } = await run(sentinel, { plan, files, policies: owners }, async (args) => {
      const file = args.at(-1) ?? "";
      expect(await readFile(file, "utf8")).toBe("main = rule { false }");
      const tfplan = JSON.parse(await readFile(join(file, "../tfplan-v2.json"), "utf8"));
      expect(Object.keys(tfplan.resource_changes)).toContain("module.m.aws_s3_bucket.logs");
      return { exitCode: 1 };
    });
    expect(failures).toEqual([]);
    expect(found).toEqual(["owners high - - -"]);
  });

  it("fails closed where it cannot evaluate a policy", async () => {
    const { failures } = await run(sentinel, { plan, files, policies }, (args) =>
      args.at(-1)?.includes("policy-1") ? { exitCode: 2, stderr: "parse error" } : {},
    );
    expect(failures).toEqual([expect.stringContaining("policies/broken.sentinel could not be evaluated: parse error")]);
  });
});

describe("every scanner", () => {
  it("sees the sources only, without marks that switch it off, in an environment of its own", async () => {
    await run(checkov, { files }, async (args, { environment = {}, directory: home }) => {
      const sources = args[args.indexOf("--directory") + 1] ?? "";
      expect((await readdir(sources, { recursive: true })).sort()).toEqual([
        "main.tf",
        "outside",
        "outside/main.tf",
        "plumbline_canary.tf",
      ]);
      expect(await readFile(join(sources, "main.tf"), "utf8")).toBe(
        '# _______:skip=CKV_AWS_20:no\nresource "a" "b" {\n  x = 1 # _____:ignore:aws-s3 _____:ignore:X\n}\n',
      );
      expect(Object.keys(environment).sort()).toEqual(["HOME", "LANG", "PATH", "PYTHONDONTWRITEBYTECODE", "TMPDIR"]);
      expect(environment["HOME"]).toBe(home);
      expect(await readdir(home)).toEqual([]);
      return {};
    });
    expect(await readdir(directory)).toEqual([]);
  });

  it("that a policy asks for has to be there, under its kind; checks can be left out", async () => {
    const tools: ScannerTool[] = [{ ...checkov, program: "/opt/checkov" }];
    const requests = [
      { ...checkov, skip: ["CKV_AWS_1"] },
      { name: "trivy", kind: "trivy" as const },
    ];
    const stdout = checkovAnswer([
      canary.checkov,
      { id: "CKV_AWS_1", address: "a.b" },
      { id: "CKV_AWS_2", address: "a.b" },
    ]);
    const run = async () => ({ exitCode: 0, stdout, stderr: "" });
    const result = await runRequestedScanners(requests, tools, { plan, files }, { directory, run });
    expect(result.findings.map(({ rule }) => rule)).toEqual(["CKV_AWS_2"]);
    expect(result.failures.map(({ message }) => message)).toEqual([
      "policies/plumbline-policy.yaml asks for the scanner trivy (trivy), which is not configured here.",
    ]);
    const other = await runRequestedScanners(
      [{ name: "checkov", kind: "trivy" }],
      tools,
      { plan, files },
      { directory, run },
    );
    expect(other.failures.map(({ message }) => message)).toEqual([
      expect.stringContaining("is configured here as checkov"),
    ]);
  });
});
