import { posix } from "node:path";
import type { JsonValue } from "./json.ts";
import { member, parseJson } from "./json.ts";
import type { EmbeddedModule } from "./saved-plan.ts";
import { readSavedPlan } from "./saved-plan.ts";
import { isReadByEngine } from "../sources/read-by-engine.ts";

/** What a saved plan's configuration must equal. */
export interface ExpectedConfiguration {
  engine: "terraform" | "tofu";
  /** Directory of the root module from the root of the tree. */
  directory: string;
  /**
   * Every file of the tree the plan was made from, by path from its root: the archived files, our generated override
   * file, the lock file, and where modules come from a registry `<directory>/.terraform/modules/…` as installed.
   */
  files: ReadonlyMap<string, Uint8Array>;
}

/** How a saved plan's configuration compares. */
export interface EmbeddedComparison {
  equal: boolean;
  /** What differs, for people: path and what is wrong with it. */
  differences: string[];
}

/**
 * Whether the configuration inside a saved plan is byte for byte that of the tree, no file more, no file less, every
 * module from the directory that its call names, and the lock file says the same. Throws `run_failed` where the file is no saved plan.
 */
export function embeddedConfigurationEquals(
  savedPlan: Uint8Array,
  expected: ExpectedConfiguration,
): EmbeddedComparison {
  const saved = readSavedPlan(savedPlan);
  const differences: string[] = [];
  const modules = new Map(saved.modules.map((module) => [module.key, module]));
  const installed = installedModules(expected);
  if (!modules.has("")) differences.push("the root module is missing");
  for (const module of saved.modules) {
    const misplaced = placeDifference(module, modules, installed);
    if (misplaced !== undefined) differences.push(misplaced);
    else differences.push(...fileDifferences(module, expected));
  }
  const lockPath = posix.join(expected.directory, ".terraform.lock.hcl");
  const lock = expected.files.get(lockPath);
  if (!sameBytes(saved.lockFile, lock) && lockText(saved.lockFile) !== lockText(lock))
    differences.push(`${lockPath}: the lock file differs`);
  return { equal: differences.length === 0, differences };
}

/** A local module lies where its call says, from its caller; one of a registry where it was installed. */
function placeDifference(
  module: EmbeddedModule,
  modules: ReadonlyMap<string, EmbeddedModule>,
  installed: ReadonlyMap<string, string>,
): string | undefined {
  const wrong = `module ${JSON.stringify(module.key)} is taken from ${JSON.stringify(module.directory)}`;
  const directory = posix.normalize(module.directory);
  if (module.key === "") return directory === "." ? undefined : wrong;
  if (module.source.startsWith("./") || module.source.startsWith("../")) {
    const caller = modules.get(module.key.split(".").slice(0, -1).join("."));
    if (caller === undefined) return `${wrong}, but its caller is missing`;
    const declared = posix.join(caller.directory, module.source).replace(/(?<=.)\/$/, "");
    return declared === directory ? undefined : `${wrong}, but its source is ${JSON.stringify(module.source)}`;
  }
  const place = installed.get(module.key);
  return place !== undefined && posix.normalize(place) === directory
    ? undefined
    : `${wrong}, where it is not installed`;
}

function fileDifferences(module: EmbeddedModule, expected: ExpectedConfiguration): string[] {
  const directory = posix.normalize(posix.join(expected.directory, module.directory)).replace(/(?<=.)\/$/, "");
  const wanted = configurationFiles(directory, expected);
  const differences: string[] = [];
  for (const [name, data] of module.files) {
    const path = posix.join(directory, name);
    const own = wanted.get(name) ?? expected.files.get(path);
    if (own === undefined) differences.push(`${path}: not in the tree`);
    else if (!sameBytes(data, own)) differences.push(`${path}: differs from the tree`);
  }
  for (const name of wanted.keys()) {
    if (!module.files.has(name)) differences.push(`${posix.join(directory, name)}: missing in the plan`);
  }
  return differences;
}

/** The files of a directory that the engine reads as configuration. */
function configurationFiles(directory: string, { engine, files }: ExpectedConfiguration): Map<string, Uint8Array> {
  const prefix = directory === "." ? "" : `${directory}/`;
  const found = new Map<string, Uint8Array>();
  for (const [path, data] of files) {
    if (!path.startsWith(prefix) || path.includes("/", prefix.length)) continue;
    const name = path.slice(prefix.length);
    const isIgnored = name.startsWith(".") || name.endsWith("~") || (name.startsWith("#") && name.endsWith("#"));
    if (/\.(?:tf|tofu)(?:\.json)?$/.test(name) && !isIgnored) found.set(name, data);
  }
  const names = new Set(found.keys());
  for (const name of names) if (!isReadByEngine(name, engine, names)) found.delete(name);
  return found;
}

/** Key → directory of the modules that init installed, from its own manifest. */
function installedModules({ directory, files }: ExpectedConfiguration): Map<string, string> {
  const bytes = files.get(posix.join(directory, ".terraform/modules/modules.json"));
  const places = new Map<string, string>();
  if (bytes === undefined) return places;
  let manifest: JsonValue;
  try {
    manifest = parseJson(new TextDecoder().decode(bytes));
  } catch {
    return places;
  }
  const list = member(manifest, "Modules");
  for (const entry of Array.isArray(list) ? list : []) {
    const key = member(entry, "Key");
    const place = member(entry, "Dir");
    if (typeof key === "string" && typeof place === "string") places.set(key, place);
  }
  return places;
}

/**
 * What a lock file says. An engine writes it anew into the plan, from what it read: comments and spaces of the original
 * are lost, and a file with nothing but comments stands for none.
 */
function lockText(bytes: Uint8Array | undefined): string {
  return new TextDecoder()
    .decode(bytes ?? new Uint8Array())
    .split("\n")
    .map((line) => line.replace(/^\s*(?:#|\/\/).*$/, "").replaceAll(/\s+/g, ""))
    .filter((line) => line !== "")
    .join("\n");
}

function sameBytes(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return Buffer.compare(left, right) === 0;
}
