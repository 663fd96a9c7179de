import { gzipSync } from "node:zlib";
import { Problem } from "@plumbline/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readImportFile } from "./import-file.ts";

const aws = 'provider["registry.terraform.io/hashicorp/aws"]';
const secret = "s3cr3t-value";
const good = {
  version: 4,
  terraform_version: "1.11.4",
  serial: 12,
  lineage: "5b0c8a51-0000-4000-8000-000000000001",
  outputs: {},
  resources: [
    { mode: "managed", type: "aws_vpc", name: "a", provider: aws, instances: [{ attributes: { password: secret } }] },
    { mode: "managed", type: "aws_vpc", name: "b", provider: `${aws}.west`, instances: [{}, {}] },
    { mode: "data", type: "aws_region", name: "c", provider: `module.x.${aws}`, instances: [{}] },
    {
      mode: "managed",
      type: "terraform_data",
      name: "d",
      provider: 'provider["terraform.io/builtin/terraform"]',
      instances: [{}],
    },
  ],
};
const bytes = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

test("a state as state pull gives it: its facts, and the providers that the lock file must have", () => {
  expect(readImportFile(bytes(good))).toMatchObject({
    serial: 12,
    lineage: good.lineage,
    resources: 4,
    engineVersion: "1.11.4",
    providers: ["registry.terraform.io/hashicorp/aws"],
  });
});

test.each([
  ["nothing", bytes(" \n"), "The file is empty", "after init"],
  ["a plan file", Buffer.from("PK\u0003\u0004rest"), "saved plan", "state pull"],
  ["a gzip", gzipSync(bytes(good)), "compressed", "gunzip"],
  ["PowerShell's UTF-16", Buffer.from(`\uFEFF${JSON.stringify(good)}`, "utf16le"), "byte order mark", "Out-File"],
  ["a cut file", bytes(JSON.stringify(good).slice(0, -40)), "cannot be read to its end", "Pull it again"],
  ["HCL", bytes('resource "aws_vpc" "a" {}'), "not JSON", "state pull"],
  ["a list", bytes("[]"), "no state", "state pull"],
  ["other JSON", bytes({ name: "x" }), "no format version", "state pull"],
  [
    "an encrypted state",
    bytes({ serial: 1, lineage: "x", encrypted_data: "abc" }),
    "encrypted by OpenTofu",
    "tofu state pull",
  ],
  ["a plan as JSON", bytes({ format_version: "1.2", planned_values: {} }), "a plan as JSON", "state pull"],
  ["show -json", bytes({ format_version: "1.0", values: {} }), "terraform show -json", "state pull"],
  ["the backend's record", bytes({ version: 3, serial: 1, backend: {} }), ".terraform/terraform.tfstate", "state pull"],
  ["a newer format", bytes({ ...good, version: 5 }), "format version 5", "Upgrade this installation"],
  ["an older format", bytes({ ...good, version: 3 }), "before 0.12", "release by release"],
  ["serial 0", bytes({ ...good, serial: 0 }), "serial is 0", "-refresh-only"],
  ["no lineage", bytes({ ...good, lineage: "" }), "lineage", "unedited"],
  ["a lineage with markup", bytes({ ...good, lineage: "<b>\n" }), "lineage", "unedited"],
  ["no version of an engine", bytes({ ...good, terraform_version: null }), "terraform_version", "unedited"],
  [
    "providers of 0.12",
    bytes({ ...good, resources: [{ mode: "managed", provider: "provider.aws", instances: [] }] }),
    "before 0.13",
    "0.13upgrade",
  ],
])("%s is refused with what it is and what to give instead", (_name, file, words, next) => {
  const error = refusalOf(file);
  expect(error.code).toBe("state_file_wrong");
  expect(error.message).toContain(words);
  expect(error.next).toContain(next);
});

test("no refusal repeats what the file holds, wherever it is cut or damaged", () => {
  const text = JSON.stringify(good);
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom("", "x", '"', "\u0000"), (at, with_) => {
      const damaged = Buffer.from(text.slice(0, at) + with_ + text.slice(at + 1));
      let said = "";
      try {
        readImportFile(damaged);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        said = `${error.message} ${error.next} ${JSON.stringify(error.data)} ${String(error.cause)}`;
      }
      expect(said).not.toContain("s3cr3t");
    }),
  );
});

function refusalOf(file: Buffer): Problem {
  try {
    readImportFile(file);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("it was not refused");
}
