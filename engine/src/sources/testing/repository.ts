import { createHash } from "node:crypto";
import { isConfigurationFile, readConfiguration } from "@plumbline/contract/configuration/reading/read-configuration";
import type { CodeSnapshot } from "../repository-state.ts";
import type { TreeEntry } from "../tree.ts";
import { buildTree } from "../tree.ts";

/** Files of a commit by path; `mode` and text, or text alone for a plain file. */
export type Files = Record<string, string | { mode: string; text: string }>;

/** A commit in memory. Counts how often a blob is read. */
export interface MemorySnapshot extends CodeSnapshot {
  reads: { count: number };
}

/** Makes a commit of files; throws where its configuration has problems. */
export function commitOf(files: Files): MemorySnapshot {
  const blobs = new Map<string, string>();
  const entries = Object.entries(files).map(([path, file]): TreeEntry => {
    const { mode, text } = typeof file === "string" ? { mode: "100644", text: file } : file;
    const id = createHash("sha1").update(text).digest("hex");
    blobs.set(id, text);
    return { path, mode, id };
  });
  const texts = Object.entries(files).flatMap(([path, file]): [string, string][] =>
    isConfigurationFile(path) && typeof file === "string" ? [[path, file]] : [],
  );
  const { configuration, problems } = readConfiguration(new Map(texts));
  if (configuration === undefined) throw new Error(JSON.stringify(problems));
  const reads = { count: 0 };
  return {
    tree: buildTree(entries),
    configuration,
    reads,
    read(entry) {
      reads.count++;
      return Promise.resolve(new TextEncoder().encode(blobs.get(entry.id)));
    },
  };
}

/** plumbline.yaml with components (name → rest of its entry) and environments. */
export function plumbline(components: Record<string, object>, environments: string[]): string {
  return JSON.stringify({
    version: 1,
    layers: ["platform"],
    components: Object.fromEntries(
      Object.entries(components).map(([name, entry]) => [
        name,
        { path: `components/${name}`, layer: "platform", ...entry },
      ]),
    ),
    environments,
    engine: { name: "tofu", version: "~> 1.10" },
  });
}
