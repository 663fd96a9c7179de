import { problem } from "@plumbline/contract/errors";
import type { JsonValue } from "./json.ts";
import { member, parseJson } from "./json.ts";
import { UnsoundArchive, unpackZip } from "./zip.ts";

/** A module that a saved plan embeds. */
export interface EmbeddedModule {
  /** Path of calls from the root module, `""` for the root: `network.subnets`. */
  key: string;
  /** As the call writes it; empty for the root. */
  source: string;
  /** Its directory from the root module's: `.`, `modules/x`, `../../modules/x`, `.terraform/modules/x`. */
  directory: string;
  /** Its configuration files by name. */
  files: Map<string, Uint8Array>;
}

/** What a file written by `plan -out` holds besides the plan itself. */
export interface SavedPlan {
  modules: EmbeddedModule[];
  /** The dependency lock file; undefined where there was none. */
  lockFile: Uint8Array | undefined;
}

/** Reads a saved plan of terraform or tofu. Throws `run_failed` for what is not one, or was made to deceive. */
export function readSavedPlan(bytes: Uint8Array): SavedPlan {
  const files = unpacked(bytes);
  const manifest = files.get("tfconfig/modules.json");
  if (!files.has("tfplan") || manifest === undefined) throw broken("it lacks the plan or its list of modules");
  const modules = readManifest(manifest);
  for (const [path, data] of files) {
    if (!path.startsWith("tfconfig/") || path === "tfconfig/modules.json") continue;
    const parts = /^tfconfig\/m-([^/]*)\/([^/]+)$/.exec(path);
    const module = modules.get(parts?.[1] ?? "\0");
    if (module === undefined) throw broken(`${JSON.stringify(path)} belongs to no module`);
    module.files.set(parts?.[2] ?? "", data);
  }
  return { modules: [...modules.values()], lockFile: files.get(".terraform.lock.hcl") };
}

function unpacked(bytes: Uint8Array): Map<string, Uint8Array> {
  try {
    return unpackZip(bytes);
  } catch (error) {
    if (!(error instanceof UnsoundArchive)) throw error;
    throw problem("run_failed", `The saved plan is not a sound archive: ${error.message}.`, {
      next: "Nothing was applied. Plan again; if it stays, look at what the code runs while planning.",
    });
  }
}

function readManifest(bytes: Uint8Array): Map<string, EmbeddedModule> {
  let value: JsonValue;
  try {
    value = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw broken("its list of modules is not JSON");
  }
  // terraform writes a list; the manifest of .terraform/modules has it under "Modules".
  const list = Array.isArray(value) ? value : member(value, "Modules");
  if (!Array.isArray(list)) throw broken("its list of modules is not a list");
  const modules = new Map<string, EmbeddedModule>();
  for (const entry of list) {
    const key = member(entry, "Key");
    const directory = member(entry, "Dir");
    const source = member(entry, "Source") ?? "";
    if (typeof key !== "string" || typeof directory !== "string" || typeof source !== "string")
      throw broken("its list of modules has an entry without key or directory");
    if (modules.has(key)) throw broken(`it lists the module ${JSON.stringify(key)} twice`);
    modules.set(key, { key, source, directory, files: new Map() });
  }
  return modules;
}

function broken(reason: string) {
  return problem("run_failed", `The saved plan is not one that an engine wrote: ${reason}.`, {
    next: "Nothing was applied. Plan again; if it stays, look at what the code runs while planning.",
  });
}
