import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { resourcesOfPlan } from "../resources/from-plan.ts";
import { planOf } from "../testing/plans.ts";
import { findOpa } from "./find-opa.ts";
import { judgeByRego } from "./judge-by-rego.ts";
import { runProgram } from "./run-program.ts";
import type { RunProgram } from "./run-program.ts";

const opa = await findOpa();
const directory = await mkdtemp(join(tmpdir(), "rego-test-"));
afterAll(() => rm(directory, { recursive: true }));

const plan = planOf([
  { address: "aws_s3_bucket.logs", after: { acl: "public-read" } },
  { address: "module.a.aws_s3_bucket.safe", after: { acl: "private" } },
]);

async function judge(files: Record<string, string>, timeoutMs = 5000) {
  if (opa === undefined) throw new Error("no OPA on this machine: install the optional package, or put opa on PATH");
  const calls: string[] = [];
  const run: RunProgram = (program, args, options) => {
    calls.push(args[0] ?? "");
    return runProgram(program, args, options);
  };
  const result = await judgeByRego(
    { opa, files: new Map(Object.entries(files)), directory, run },
    { plan, resources: resourcesOfPlan(plan), timeoutMs },
  );
  return {
    calls,
    policies: result.policies,
    findings: result.findings
      .map(({ finding }) => `${finding.severity} ${finding.rule} ${finding.address ?? "-"} ${finding.title}`)
      .sort(),
    failures: result.failures.map(
      (failure) => `${failure.places[0]?.file}:${failure.places[0]?.line} ${failure.message}`,
    ),
  };
}

const seed = `deny[msg] {
  input.resource_type == "aws_s3_bucket"
  input.planned_values.acl == "public-read"
  msg := "S3 buckets must not be public"
}
`;

describe("Rego policies", () => {
  it("are asked and heard however they are written", async () => {
    const { findings, failures } = await judge({
      "policies/line.rego": `package line\na { true } deny[msg] { msg := "on one line" }\n`,
      "policies/topics.rego": `package topics\nimport rego.v1\ndeny.public contains "by topic" if true\ndeny.none contains msg if {\n\tfalse\n\tmsg := "never"\n}\n`,
      "policies/mute.rego": `package mute\ndeny[{"code": 7}] { true }\n`,
    });
    expect(failures).toEqual([]);
    expect(findings).toEqual([
      "high rego:line.deny - on one line",
      "high rego:mute.deny - rego:mute.deny is true",
      "high rego:topics.deny - by topic",
    ]);
  });

  it("may lack a package and see resources one by one, beside conftest's and v1's in one process", async () => {
    const { findings, failures, policies, calls } = await judge({
      "policies/buckets.rego": seed,
      "policies/main.rego": `package main
import input as tfplan
warn[msg] { r := tfplan.resource_changes[_]; msg := sprintf("%s: look", [r.address]) }
violation[{"msg": "bad", "severity": "CRITICAL", "address": "aws_s3_bucket.logs", "attribute": "acl"}] { true }
`,
      "policies/modern.rego": `package modern\n\ndeny contains msg if {\n\tsome r in input.resource_changes\n\tr.change.after.acl == "public-read"\n\tmsg := "seen by v1"\n}\n`,
      "policies/main_test.rego": `package main\ntest_x { false }`,
    });
    expect(failures).toEqual([]);
    expect(findings).toEqual([
      "critical rego:main.violation aws_s3_bucket.logs bad",
      "high rego:buckets.deny aws_s3_bucket.logs S3 buckets must not be public",
      "high rego:modern.deny - seen by v1",
      "low rego:main.warn aws_s3_bucket.logs aws_s3_bucket.logs: look",
      "low rego:main.warn module.a.aws_s3_bucket.safe module.a.aws_s3_bucket.safe: look",
    ]);
    expect(policies).toBe(3);
    expect(calls).toEqual(["capabilities", "eval"]);
  });

  it("that cannot be compiled fail closed with file and line, and hide no other", async () => {
    const { findings, failures } = await judge({
      "policies/a.rego": `deny[msg] {\n  x = = 1\n}\n`,
      "policies/b.rego": `package b\n\ndeny[msg] {\n  msg := unknown_thing\n}\n`,
      "policies/c.rego": `package c\ndeny[msg] { http.send({"method": "get", "url": "http://x"}); msg := "x" }\n`,
      "policies/d.rego": `package d\ndeny[msg] { opa.runtime().env.HOME; msg := "x" }\n`,
      "policies/e.rego": `package e\ndeny[msg] { net.lookup_ip_addr("x"); msg := "x" }\n`,
      "policies/good.rego": seed,
    });
    expect(failures.map((one) => one.split(" ")[0] ?? "").sort()).toEqual([
      "policies/a.rego:2",
      "policies/b.rego:4",
      "policies/c.rego:2",
      "policies/d.rego:2",
      "policies/e.rego:2",
    ]);
    expect(findings).toEqual(["high rego:good.deny aws_s3_bucket.logs S3 buckets must not be public"]);
  });

  it("that disagree with themselves fail closed", async () => {
    const { failures } = await judge({
      "policies/x.rego": `package x\n\nf = 1 { true }\nf = 2 { true }\ndeny[msg] { f; msg := "x" }\n`,
    });
    expect(failures).toEqual([
      expect.stringMatching(/^policies\/x.rego:[34] .*(?:multiple outputs|conflicting values)$/),
    ]);
  });

  it("that run too long fail closed", async () => {
    const { failures, findings } = await judge(
      {
        "policies/slow.rego": `package slow\ndeny[msg] { x := numbers.range(1, 1000000000)[_]; x < 0; msg := "x" }\n`,
        "policies/good.rego": seed,
      },
      300,
    );
    expect(failures).toEqual([expect.stringContaining("took longer than 300 ms")]);
    expect(findings).toEqual([]);
  });

  it("that build too large a value fail closed", async () => {
    const { failures } = await judge(
      {
        "policies/big.rego": `package big\ndeny[msg] { x := [sprintf("%d%s", [i, "${"x".repeat(2000)}"]) | i := numbers.range(1, 4000000)[_]]; count(x) < 0; msg := "x" }\n`,
      },
      60_000,
    );
    expect(failures).toEqual([expect.stringContaining("took more memory than 512 MB")]);
  });

  it("name the builtin that is refused, and why", async () => {
    const { failures } = await judge({
      "policies/c.rego": `package c\n\ndeny[msg] { http.send({"method": "get", "url": "http://x"}); msg := "x" }\n`,
      "policies/d.rego": `package d\ndeny[msg] { opa.runtime().env.HOME; msg := "x" }\n`,
    });
    expect(failures).toEqual([
      "policies/c.rego:3 policies/c.rego:3: http.send is refused: policies have no network; keep what it would fetch in a data file beside the policy.",
      "policies/d.rego:2 policies/d.rego:2: opa.runtime is refused: policies do not see the environment of the process that evaluates them.",
    ]);
  });

  it("may use networks as numbers", async () => {
    const { failures } = await judge({
      "policies/n.rego": `package n\ndeny[msg] { net.cidr_contains("10.0.0.0/8", "10.1.0.0/16"); msg := "inside" }\n`,
    });
    expect(failures).toEqual([]);
  });

  it("take data from files beside them, and functions from each other", async () => {
    const { findings, failures } = await judge({
      "policies/main.rego": `package main\nimport data.lib.buckets\nallowed(r) { r.change.after.acl == data.limits.acls[_] }\ndeny[msg] { r := buckets.all[_]; not allowed(r); msg := r.address }\n`,
      "policies/lib/buckets.rego": `package lib.buckets\n\nimport rego.v1\n\nall contains r if {\n\tsome r in input.resource_changes\n\tr.type == "aws_s3_bucket"\n}\n`,
      "policies/limits.yaml": "limits: { acls: [private] }\n",
      "policies/plumbline-policy.yaml": "limits: [1]",
      "policies/broken.json": '{\n"a": ,\n]',
    });
    expect(findings).toEqual(["high rego:main.deny aws_s3_bucket.logs aws_s3_bucket.logs"]);
    expect(failures).toEqual([expect.stringMatching(/^policies\/broken\.json:[23] /)]);
  });

  it("are exempted as conftest does it", async () => {
    const { findings } = await judge({
      "policies/main.rego": `package main
deny_public[msg] { input.resource_changes[_].change.after.acl == "public-read"; msg := "public" }
deny_other[msg] { input.resource_changes; msg := "other" }
violation[msg] { input.resource_changes; msg := "plain" }
exception[rules] { input.format_version; rules := ["public", ""] }
`,
      "policies/single.rego": `package single
deny_acl[msg] { input.resource_type == "aws_s3_bucket"; msg := input.address }
exception[rules] { input.address == "aws_s3_bucket.logs"; rules := ["acl"] }
`,
    });
    expect(findings).toEqual([
      "high rego:main.deny_other - other",
      "high rego:single.deny_acl module.a.aws_s3_bucket.safe module.a.aws_s3_bucket.safe",
    ]);
  });

  it("get the plan as one of many files where they are written for combined input", async () => {
    const { findings } = await judge({
      "policies/all.rego": `package main\ndeny[msg] { r := input[i].contents.resource_changes[_]; r.change.after.acl == "public-read"; msg := sprintf("%s: %s", [input[i].path, r.address]) }\n`,
    });
    expect(findings).toEqual(["high rego:main.deny aws_s3_bucket.logs plan.json: aws_s3_bucket.logs"]);
  });

  it("cannot take the place of the module that asks them", async () => {
    const { failures } = await judge({
      "policies/p.rego": `package plumbline_entry\nresults = [] { true }\n`,
      "policies/q.rego": `package a", x\ndeny[m] { m := "" }`,
    });
    expect(failures).toHaveLength(2);
  });

  it("are asked per resource where they name attributes only", async () => {
    const { findings } = await judge({
      "policies/acl.rego": `deny["public"] { input.planned_values.acl == "public-read" }\n`,
    });
    expect(findings).toEqual(["high rego:acl.deny aws_s3_bucket.logs public"]);
  });

  it("leave nothing behind", async () => {
    await judge({ "policies/x.rego": seed });
    expect(await readdir(directory)).toEqual([]);
  });

  it("are reported as unjudged where OPA cannot run", async () => {
    const files = new Map([["policies/x.rego", seed]]);
    await expect(
      judgeByRego({ opa: "/nowhere/opa", files, directory }, { plan, resources: [], timeoutMs: 1000 }),
    ).rejects.toThrow("ENOENT");
  });
});

describe("finding OPA", () => {
  it("takes the configured one or says that it cannot be run", async () => {
    await expect(findOpa({ path: "/nowhere/opa" })).rejects.toMatchObject({ code: "tool_missing" });
    expect(await findOpa({ path: process.execPath })).toBe(process.execPath);
  });

  it("holds it against its hash", async () => {
    const sha256 = "0".repeat(64);
    await expect(findOpa({ path: process.execPath, sha256 })).rejects.toMatchObject({ code: "tool_changed" });
    await expect(findOpa({ searchPath: "", sha256 })).rejects.toMatchObject({ code: "tool_changed" });
  });
});
