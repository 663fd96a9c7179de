import { createHash } from "node:crypto";
import { problem } from "@plumbline/contract/errors";
import type { EngineName } from "../terraform/engine-name.ts";
import { UnsoundArchive, unpackZip } from "../plans/zip.ts";

const longestBinary = 400 * 1_048_576;

/** An engine's binary, taken out of its release. */
export interface ReleasedBinary {
  bytes: Uint8Array;
  /** Of the binary. */
  sha256: string;
}

/** What this machine is, as releases of both engines name it. */
export function thisPlatform(): string {
  const architectures: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", ia32: "386" };
  return `${process.platform}_${architectures[process.arch] ?? process.arch}`;
}

/** `terraform_1.11.4_linux_amd64.zip`: what both engines call the archive of a release. */
export function archiveName(name: EngineName, version: string, platform: string): string {
  return `${name}_${version}_${platform}.zip`;
}

/** `terraform_1.11.4_SHA256SUMS`: what both engines call the list of hashes beside it. */
export function sumsName(name: EngineName, version: string): string {
  return `${name}_${version}_SHA256SUMS`;
}

/**
 * Where a file of a release is. The template names it with `{name}`, `{version}`, `{platform}` and `{file}`, or is
 * the folder that holds the files; `v{version}` is left to the template.
 */
export function addressOf(
  template: string,
  release: { name: EngineName; version: string; platform: string },
  file: string,
): string {
  if (!template.includes("{")) return `${template.replace(/\/+$/, "")}/${file}`;
  const { name, version, platform } = release;
  const parts: Record<string, string> = { name, version, platform, file };
  return template.replace(/\{(name|version|platform|file)\}/g, (_, key: string) => parts[key] ?? "");
}

/** The hash that a list as `sha256sum` writes it gives for a file. Throws `tool_refused` where it has none. */
export function hashFromSums(sums: string, file: string): string {
  const found = sums
    .split("\n")
    .map((line) => /^([0-9a-f]{64}) [ *](.+?)\r?$/.exec(line))
    .filter((match) => match?.[2] === file);
  const [match] = found;
  if (found.length !== 1 || match?.[1] === undefined)
    throw problem(
      "tool_refused",
      `The list of hashes names ${file} ${found.length === 0 ? "not at all" : "more than once"}.`,
    );
  return match[1];
}

/**
 * Takes the binary out of a release whose hash is known. The hash is compared before anything is unpacked; then every
 * entry is checked: a plain name, sizes and checksums, nothing hidden. Throws `tool_refused`.
 */
export function openRelease(archive: Uint8Array, expected: string, name: EngineName): ReleasedBinary {
  const actual = createHash("sha256").update(archive).digest("hex");
  if (actual !== expected)
    throw problem("tool_refused", `The archive has the SHA-256 ${actual}; it should have ${expected}.`);
  const files = unpacked(archive);
  const odd = [...files.keys()].find((path) => !/^[A-Za-z0-9._-]+$/.test(path));
  if (odd !== undefined)
    throw problem("tool_refused", `The archive holds ${JSON.stringify(odd)}, which no release has.`);
  const bytes = files.get(name);
  if (bytes === undefined || bytes.byteLength === 0)
    throw problem(
      "tool_refused",
      `The archive holds no ${name}; it holds ${[...files.keys()].slice(0, 5).join(", ")}.`,
    );
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

function unpacked(archive: Uint8Array): Map<string, Uint8Array> {
  try {
    return unpackZip(archive, longestBinary);
  } catch (error) {
    if (!(error instanceof UnsoundArchive)) throw error;
    throw problem("tool_refused", `This is no sound archive: ${error.message}.`);
  }
}
