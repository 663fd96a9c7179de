import fc from "fast-check";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { base62 } from "./checksums.ts";
import { findSecrets } from "./find-secrets.ts";
import { secretKinds } from "./kinds/kinds.ts";

// No credential stands in this file: samples are made from the formats, so that no scanner takes them for leaked ones.

const kindsIn = (text: string, kind: "hcl" | "other" = "hcl") =>
  findSecrets(text, kind).map((one) => `${one.kind} ${one.trust}`);

describe("credentials by format", () => {
  it.each(secretKinds.map((kind) => [kind.id, kind] as const))("finds %s wherever it stands", (_, kind) => {
    fc.assert(
      fc.property(fc.stringMatching(new RegExp(`^(?:${kind.pattern.source})$`)), (sample) => {
        const text = `locals {\n  x = "${sample}"\n}\n`;
        const [found] = findSecrets(text, "hcl").filter((one) => text.slice(one.start, one.end).includes(sample));
        // Another kind may claim the same text; what counts is that all of it is seen.
        expect(found).toBeDefined();
      }),
      { numRuns: 10, seed: 7 },
    );
  });

  it("tells a sound checksum from a wrong one", () => {
    const random = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5";
    const sound = `ghp_${random}${base62(crc32(random), 6)}`;
    const wrong = `ghp_${random}AAAAAA`;
    expect(kindsIn(`x = "${sound}"`)).toEqual(["github-token certain"]);
    expect(kindsIn(`x = "${wrong}"`)).toEqual(["github-token doubtful"]);
  });

  it("takes what documentation prints for what it is", () => {
    expect(kindsIn(`x = "AKIAIOSFODNN7${"EXAMPLE"}"`)).toEqual(["aws-access-key doubtful"]);
  });

  it("does not take a longer text for a key", () => {
    expect(kindsIn(`x = "xAKIA${"ABCDEFGHIJKLMNOP"}y"`)).toEqual([]);
  });
});

describe("credentials by name", () => {
  it.each([
    ['password = "hunter2-and-more"', "password"],
    ['master_password     = "Sup3rS3cret!"', "password"],
    ['  "db_password": "correcthorse"', "password"],
    ['variable "admin_password" {\n  type = string\n  default = "P4ssw0rd!"\n}', "password"],
    ['environment = { DB_PASSWORD = "hunter2x" }', "password"],
    ['{ name = "DB_PASSWORD", value = "hunter2x" }', "password"],
    ["user_data = <<EOF\nexport DB_PASSWORD=hunter2x\nEOF\n", "password"],
    [`secret_key = "${"wJalrXUtnFEMIK7MDENGbPxRfiCY".repeat(1)}93kd02ls"`, "key"],
    [`client_secret = "${"8d5c0b3e9f7a4e21"}${"b6d0c4f19a83e57d"}"`, "key"],
  ])("finds %s", (text, kind) => {
    expect(kindsIn(text)).toEqual([`${kind} named`]);
  });

  it.each([
    "password = var.db_password",
    'password = "${var.db_password}"',
    'password_length = "sixteen"',
    'secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3"',
    'token = "my-service-token"',
    'secret = "shop-database-credentials"',
    'access_key_id = "something-else-1234567"',
    'password = "DB_PASSWORD"',
    '# password = "hunter2-and-more"',
    'http_tokens = "required"',
    'key = "prod/network/terraform.tfstate"',
    'partition_key = "customer-id-1234567890abc"',
    'api_key = "<your api key>"',
    'tags = { Secret = "no" }',
  ])("lets %s be", (text) => {
    expect(kindsIn(text)).toEqual([]);
  });

  it("takes a placeholder outside of code for one", () => {
    expect(kindsIn("password: changeme", "other")).toEqual([]);
    expect(kindsIn("password: hunter2x", "other")).toEqual(["password named"]);
  });

  it("encloses exactly the value", () => {
    const text = 'locals {\n  password = "hunter2-and-more"\n}\n';
    expect(findSecrets(text, "hcl").map((one) => text.slice(one.start, one.end))).toEqual(["hunter2-and-more"]);
  });
});

it("takes linear time for hostile text", () => {
  for (const text of [
    "a".repeat(200_000),
    'password = "'.repeat(20_000),
    "eyJ".repeat(60_000),
    'variable "p" {'.repeat(10_000),
  ])
    expect(findSecrets(text, "hcl").length).toBeLessThan(30_000);
});

// Comparing each with each takes many times as long.
it("takes linear time for a text that is full of credentials", { timeout: 6_000 }, () => {
  const text = 'db_password = "Xk39fjWq81lzPd"\n'.repeat(129_000);
  const found = findSecrets(text, "other");
  expect(found).toHaveLength(129_000);
  expect(found.at(-1)).toMatchObject({ kind: "password", end: text.length - 2 });
});
