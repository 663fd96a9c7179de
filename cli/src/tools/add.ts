import { statSync } from "node:fs";
import { resolve } from "node:path";
import { acceptTool, Platform, problem, Sha256, ToolVersion } from "@plumbline/contract";
import type { LockedTool } from "@plumbline/contract";
import { fetchReleaseFile, sha256Of } from "@plumbline/engine/tools/fetch-release";
import { installBinary } from "@plumbline/engine/tools/install-binary";
import {
  addressOf,
  archiveName,
  hashFromSums,
  openRelease,
  sumsName,
  thisPlatform,
} from "@plumbline/engine/tools/release";
import type { Context } from "../command/context.ts";

export interface AddOptions {
  from?: string;
  into?: string;
  platform?: string;
  hash?: string;
  accept: boolean;
}

/** `plumb tools add`: nothing is unpacked before the release's hash is known and compared. */
export async function addTool(
  context: Context,
  name: "terraform" | "tofu",
  versionText: string,
  options: AddOptions,
): Promise<void> {
  const version = checked(ToolVersion, versionText.replace(/^v/, ""), "The version");
  const platform = checked(Platform, options.platform ?? thisPlatform(), "The platform");
  const release = { name, version, platform };
  const from = options.from ?? context.terminal.env["PLUMBLINE_TOOL_MIRROR"];
  if (from === undefined || from === "")
    throw problem("invalid_request", "Nothing is fetched from anywhere by itself.", {
      next: `Say where the release is: --from FOLDER, --from ${archiveName(name, version, platform)}, or an https:// address; or set PLUMBLINE_TOOL_MIRROR.`,
    });
  if (options.into === undefined && !options.accept)
    throw problem("invalid_request", "With --no-accept and without --into nothing would be done.");
  const { archive: address, sums } = placesOf(from, release);
  const bytes = await fetchReleaseFile(address);
  const file = archiveName(name, version, platform);
  const expected =
    options.hash === undefined
      ? hashFromSums(Buffer.from(await fetchReleaseFile(sums)).toString("utf8"), file)
      : checked(Sha256, options.hash.toLowerCase(), "--hash");
  const binary = openRelease(bytes, expected, name);
  const path = options.into === undefined ? null : await installBinary(resolve(options.into), release, binary.bytes);
  const tool: LockedTool = {
    ...release,
    sha256: binary.sha256,
    source: withoutSecrets(address).slice(0, 500),
    archive: { file, sha256: sha256Of(bytes) },
  };
  if (options.accept) await (await context.client()).call(acceptTool, { body: tool });
  context.print({ tool, path, accepted: options.accept }, (shown) => [
    `${shown.tool.name} ${shown.tool.version} for ${shown.tool.platform}, SHA-256 ${shown.tool.sha256}.`,
    ...(shown.path === null ? [] : [`Put at ${shown.path}.`]),
    shown.accepted
      ? shown.path === null
        ? "Accepted. Runners with a toolMirror fetch it."
        : "Accepted. Runners that look there have it with their next question for work."
      : "Not accepted: no run uses it before plumb tools accept.",
  ]);
}

/** Where the zip and the list of hashes are. A zip that is named has its list beside it. */
function placesOf(
  from: string,
  release: { name: "terraform" | "tofu"; version: string; platform: string },
): { archive: string; sums: string } {
  const { name, version, platform } = release;
  const isAddress = /^[a-z]+:\/\//.test(from);
  const place = isAddress ? from : resolve(from);
  const sums = sumsName(name, version);
  const isZip = isAddress ? /\.zip(?:\?|$)/.test(from) : statSync(place, { throwIfNoEntry: false })?.isFile() === true;
  if (isZip) return { archive: place, sums: place.replace(/[^/]*$/, sums) };
  return {
    archive: addressOf(place, release, archiveName(name, version, platform)),
    sums: addressOf(place, release, sums),
  };
}

/** An address for the log: what stands in it besides host and path may be secret. */
function withoutSecrets(address: string): string {
  if (!/^https?:/.test(address)) return address;
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}

function checked(schema: typeof ToolVersion, text: string, what: string): string {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw problem("invalid_request", `${what} ${parsed.error.issues[0]?.message ?? "is not valid"}.`);
}
