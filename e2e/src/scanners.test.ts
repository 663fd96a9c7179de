import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkovLane } from "./world/checkov.ts";
import { describeLane } from "./world/lane.ts";
import { root } from "./world/world.ts";

const main = `resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}

resource "aws_s3_bucket_acl" "logs" {
  #checkov:skip=CKV_AWS_20:not here
  bucket = aws_s3_bucket.logs.id
  acl    = "public-read"
}

resource "aws_db_instance" "orders" {
  for_each            = toset(["a", "b"])
  identifier          = each.key
  publicly_accessible = true
}
`;

interface Report {
  findings: { rule: string; address?: string; seenBy?: string[] }[];
  failures: { message: string }[];
}

function plumb(folder: string, args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { PATH: "/usr/local/bin:/usr/bin:/bin" };
    execFile(
      process.execPath,
      [join(root, "cli/src/main.ts"), ...args],
      { cwd: folder, env },
      (fault, stdout, stderr) => resolve({ code: typeof fault?.code === "number" ? fault.code : 0, stdout, stderr }),
    );
  });
}

// Checkov is optional: a machine that cannot install it may pass.
describeLane("Checkov beside the rules", await checkovLane(), { demanded: false }, ({ directory, program }) => {
  let folder = "";
  let configured = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plumb-"));
    const { stdout } = await plumb(folder, ["scanners", "hash", directory]);
    const checkov = { name: "checkov", kind: "checkov", path: program, directory, sha256: stdout.trim() };
    configured = join(folder, "scanners.json");
    writeFileSync(configured, JSON.stringify({ scanners: [checkov] }));
    writeFileSync(join(folder, "main.tf"), main);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("what both saw is one finding, also where a comment would hide it", async () => {
    const flags = ["--scanner", "checkov", "--scanners", configured, "--json"];
    const { code, stdout } = await plumb(folder, ["scan", ".", ...flags]);
    const { findings, failures }: Report = JSON.parse(stdout);
    expect({ code, failures }).toEqual({ code: 1, failures: [] });
    const seen = (rule: string) =>
      findings.filter((finding) => finding.rule === rule).map(({ address, seenBy }) => ({ address, seenBy }));
    expect(seen("aws-s3-bucket-public-acl")).toEqual([
      { address: "aws_s3_bucket_acl.logs", seenBy: ["plumbline", "checkov"] },
    ]);
    expect(seen("aws-rds-public")).toEqual([
      { address: 'aws_db_instance.orders["a"]', seenBy: ["plumbline", "checkov"] },
      { address: 'aws_db_instance.orders["b"]', seenBy: ["plumbline", "checkov"] },
    ]);
    expect(findings.some(({ rule }) => rule.startsWith("checkov:"))).toBe(true);
    expect(findings.some(({ rule, address }) => rule.startsWith("checkov:") && address?.includes("canary"))).toBe(
      false,
    );
  });

  test("an installation in which something was changed is not started", async () => {
    const planted = join(directory, "planted.pth");
    writeFileSync(planted, "import os\n");
    try {
      const { code, stderr } = await plumb(folder, ["scan", ".", "--scanner", "checkov", "--scanners", configured]);
      expect(code).toBe(2);
      expect(stderr.replaceAll(/\s+/g, " ")).toContain("has the SHA-256");
    } finally {
      rmSync(planted);
    }
    expect(existsSync(planted)).toBe(false);
  });
});
