import { join } from "node:path";
import type { LockedTool } from "@plumbline/contract/tools";
import { fetchReleaseFile } from "@plumbline/engine/tools/fetch-release";
import { installBinary } from "@plumbline/engine/tools/install-binary";
import { addressOf, openRelease } from "@plumbline/engine/tools/release";
import { problem } from "@plumbline/contract/errors";
import { log } from "./log.ts";

const pause = 5 * 60_000;

/** The folder into which a runner puts what it fetches. */
export function fetchedFolder(dataDirectory: string): string {
  return join(dataDirectory, "tools");
}

/**
 * Fetches accepted engines from the configured mirror, one after the other; one that failed is tried again after some
 * minutes. Archive and binary are held against the hashes of the tool lock before anything can be run.
 */
export function toolFetcher(
  mirror: string,
  dataDirectory: string,
): (tools: readonly LockedTool[], has: readonly { sha256: string }[]) => Promise<void> {
  const failed = new Map<string, number>();
  let busy = false;
  return async (tools, has) => {
    if (busy) return;
    busy = true;
    try {
      for (const tool of tools) {
        if (has.some(({ sha256 }) => sha256 === tool.sha256)) continue;
        if ((failed.get(tool.sha256) ?? 0) > Date.now()) continue;
        await fetchTool(mirror, dataDirectory, tool).catch((error: unknown) => {
          failed.set(tool.sha256, Date.now() + pause);
          log("warn", "an accepted engine could not be fetched", {
            name: tool.name,
            version: tool.version,
            error: String(error),
          });
        });
      }
    } finally {
      busy = false;
    }
  };
}

async function fetchTool(mirror: string, dataDirectory: string, tool: LockedTool): Promise<void> {
  if (tool.archive === null) return;
  const address = addressOf(mirror, tool, tool.archive.file);
  const { bytes, sha256 } = openRelease(await fetchReleaseFile(address), tool.archive.sha256, tool.name);
  if (sha256 !== tool.sha256)
    throw problem("tool_refused", `${tool.name} in ${address} has the SHA-256 ${sha256}; accepted is ${tool.sha256}.`);
  const path = await installBinary(fetchedFolder(dataDirectory), tool, bytes);
  log("info", "an accepted engine was fetched", { name: tool.name, version: tool.version, path });
}
