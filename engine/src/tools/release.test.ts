import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fetchReleaseFile } from "./fetch-release.ts";
import { installBinary } from "./install-binary.ts";
import { addressOf, archiveName, hashFromSums, openRelease, sumsName } from "./release.ts";
import { writeZip } from "./testing/write-zip.ts";

const folder = mkdtempSync(join(tmpdir(), "release-"));
afterAll(() => rmSync(folder, { recursive: true }));
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const release = { name: "terraform" as const, version: "1.11.4", platform: "linux_amd64" };

describe("a release", () => {
  const sound = writeZip({ "LICENSE.txt": "license", terraform: "binary" });

  it("gives its binary, with the binary's own hash", () => {
    const { bytes, sha256 } = openRelease(sound, hash(sound), "terraform");
    expect(Buffer.from(bytes).toString()).toBe("binary");
    expect(sha256).toBe(hash(Buffer.from("binary")));
  });

  it("is not unpacked when its hash is another one", () => {
    const unsound = Buffer.from("this is no archive at all");
    expect(() => openRelease(unsound, "0".repeat(64), "terraform")).toThrow(
      `The archive has the SHA-256 ${hash(unsound)}; it should have ${"0".repeat(64)}.`,
    );
  });

  it.each([
    ["no archive", Buffer.from("this is no archive at all"), "no sound archive"],
    ["another program", writeZip({ tofu: "binary" }), "holds no terraform; it holds tofu"],
    ["nothing", writeZip({ terraform: "" }), "holds no terraform"],
    ["a folder", writeZip({ "bin/terraform": "binary" }), "which no release has"],
    ["a way out", writeZip({ "../terraform": "binary" }), "leaves the archive"],
    ["a hidden beginning", Buffer.concat([Buffer.from("#!/bin/sh\n"), sound]), "no sound archive"],
  ])("that holds %s is refused", (_, archive, message) => {
    expect(() => openRelease(archive, hash(archive), "terraform")).toThrow(message);
  });
});

describe("hashes of a release", () => {
  const sums = `${"a".repeat(64)}  terraform_1.11.4_linux_amd64.zip\n${"b".repeat(64)} *terraform_1.11.4_darwin_arm64.zip\r\n`;

  it("are found by the file's name", () => {
    expect(hashFromSums(sums, archiveName("terraform", "1.11.4", "linux_amd64"))).toBe("a".repeat(64));
    expect(hashFromSums(sums, archiveName("terraform", "1.11.4", "darwin_arm64"))).toBe("b".repeat(64));
  });

  it("are refused where a file is missing or there twice", () => {
    expect(() => hashFromSums(sums, "terraform_1.11.4_linux_arm64.zip")).toThrow("not at all");
    expect(() => hashFromSums(sums + sums, "terraform_1.11.4_linux_amd64.zip")).toThrow("more than once");
  });
});

describe("where a release is", () => {
  it("is a folder, or a template", () => {
    const file = sumsName("terraform", "1.11.4");
    expect(addressOf("/srv/tools/", release, file)).toBe("/srv/tools/terraform_1.11.4_SHA256SUMS");
    expect(addressOf("https://t.example/{name}/v{version}/{file}?os={platform}", release, file)).toBe(
      "https://t.example/terraform/v1.11.4/terraform_1.11.4_SHA256SUMS?os=linux_amd64",
    );
  });

  it("is read from a path or a file:// address; plain HTTP elsewhere and what is missing are refused", async () => {
    const path = join(folder, "a b.zip");
    writeFileSync(path, "bytes");
    expect(Buffer.from(await fetchReleaseFile(path)).toString()).toBe("bytes");
    expect(Buffer.from(await fetchReleaseFile(`file://${path.replace(" ", "%20")}`)).toString()).toBe("bytes");
    await expect(fetchReleaseFile(join(folder, "absent"))).rejects.toThrow("is not a file that can be read");
    await expect(fetchReleaseFile("http://tools.example/x.zip")).rejects.toThrow("is not reached by https");
    await expect(fetchReleaseFile("tools/x.zip")).rejects.toThrow("neither an absolute path nor an address");
  });
});

it("a binary is installed whole, where runners look, and can be run", async () => {
  const path = await installBinary(join(folder, "tools"), release, Buffer.from("#!/bin/sh\n"));
  expect(path).toBe(join(folder, "tools/terraform_1.11.4_linux_amd64/terraform"));
  expect(readFileSync(path, "utf8")).toBe("#!/bin/sh\n");
  expect(statSync(path).mode & 0o777).toBe(0o755);
  await installBinary(join(folder, "tools"), release, Buffer.from("again"));
  expect(readFileSync(path, "utf8")).toBe("again");
});
