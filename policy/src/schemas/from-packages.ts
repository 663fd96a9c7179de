import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { isObject } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import type { ReadTypes } from "./from-provider.ts";
import type { ProviderTable } from "./providers.ts";

/**
 * Reads the provider's attributes from npm packages that were generated from its schema: each resource type is a class
 * whose `synthesizeAttributes` names every attribute with the function that converts it (`booleanToTerraform`), and each
 * nested block a function `…ToTerraform` that does the same. Needs npm, tar and a registry.
 */
export function typesOfPackages({ packages, later = {} }: ProviderTable, wanted: ReadonlySet<string>): ReadTypes {
  const versions: string[] = [];
  let types: JsonObject = {};
  for (const name of packages) {
    const read = inUnpacked(name, (folder) => readPackage(folder, wanted));
    versions.push(...read.versions);
    types = merge(types, read.types);
  }
  const added = Object.entries(later).filter(([type]) => Object.hasOwn(types, type));
  return { types: merge(types, Object.fromEntries(added)), versions };
}

/** Downloads the package into a folder that is gone afterwards. */
function inUnpacked<T>(name: string, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "plumbline-package-"));
  try {
    execFileSync("npm", ["pack", "--silent", "--pack-destination", folder, name], { stdio: "pipe" });
    for (const archive of globSync("*.tgz", { cwd: folder }))
      execFileSync("tar", ["-xzf", join(folder, archive), "-C", folder]);
    return use(join(folder, "package", "lib"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Data sources have classes too, of another kind. */
const isResource = /^class \w+ extends cdktf\.TerraformResource \{$/m;

function readPackage(folder: string, wanted: ReadonlySet<string>): ReadTypes {
  const types: JsonObject = {};
  let version = "";
  for (const path of globSync("**/*.js", { cwd: folder })) {
    const text = readFileSync(join(folder, path), "utf8");
    if (!isResource.test(text)) continue;
    if (version === "") version = /providerVersion: '([^']+)'/.exec(text)?.[1] ?? "";
    const type = /\.tfResourceType = "(\w+)"/.exec(text)?.[1];
    if (type === undefined || !wanted.has(type)) continue;
    types[type] = resourceOf(text, blocksOf(text, besides(folder, path)));
  }
  return { types, versions: [version] };
}

/** Large resource types keep the functions of their blocks in files of their own, below its folder. */
function besides(folder: string, path: string): string[] {
  if (!path.includes(sep)) return [];
  const own = join(folder, dirname(path));
  return globSync("index-structs/structs*.js", { cwd: own }).map((name) => readFileSync(join(own, name), "utf8"));
}

/** Function of a block → its attributes as they stand in the code; blocks that nobody can set have none. */
function blocksOf(text: string, beside: readonly string[]): Map<string, string> {
  const functions = [text, ...beside].flatMap((source) => source.split(/^function /m).slice(1));
  return new Map(
    functions.flatMap((source) => {
      const name = /^(\w+)ToTerraform\(struct\) \{/.exec(source)?.[1];
      const body = /^ {4}return \{\n(.*?)^ {4}\};?$/ms.exec(source)?.[1];
      return name === undefined ? [] : [[name, body ?? ""] as const];
    }),
  );
}

/** Attributes that can be set, and below them those that the provider only tells. */
function resourceOf(text: string, blocks: ReadonlyMap<string, string>): JsonObject {
  const [, resource = ""] = text.split(isResource);
  const body = /synthesizeAttributes\(\) \{\s+return \{\n(.*?)^ {8}\};$/ms.exec(resource)?.[1] ?? "";
  const told = [...resource.matchAll(/\.get(String|Number|Boolean|List|StringMap)Attribute\('(\w+)'\)/g)];
  return {
    ...Object.fromEntries(told.map(([, kind = "", name]) => [name, toldTypes[kind] ?? "dynamic"])),
    ...attributesOf(body, blocks, []),
  };
}

const toldTypes: Record<string, string> = {
  String: "string",
  Number: "number",
  Boolean: "bool",
  List: "list",
  StringMap: "map",
};

function attributesOf(body: string, blocks: ReadonlyMap<string, string>, above: readonly string[]): JsonObject {
  const lines = [...body.matchAll(/^\s+"?(\w+)"?: (.+?),?$/gm)];
  return Object.fromEntries(lines.map(([, name, code = ""]) => [name, typeOf(code, blocks, above)]));
}

/** `cdktf.listMapper(cdktf.stringToTerraform, false)(this._zones)` is a list, of blocks where it names one's function. */
function typeOf(code: string, blocks: ReadonlyMap<string, string>, above: readonly string[]): Json {
  const name = /(\w+)ToTerraform\b/.exec(code)?.[1] ?? "";
  const block = blocks.get(name);
  if (block !== undefined) return above.includes(name) ? "block" : attributesOf(block, blocks, [...above, name]);
  if (code.includes("hashMapper(")) return "map";
  if (code.includes("listMapper(")) return "list";
  if (name === "boolean") return "bool";
  return name === "string" || name === "number" ? name : "dynamic";
}

/** What the newer one has, and what only the older one has. */
function merge(newer: JsonObject, older: JsonObject): JsonObject {
  const merged: JsonObject = { ...newer };
  for (const [name, old] of Object.entries(older)) {
    const own = merged[name];
    if (own === undefined) merged[name] = old;
    else if (isObject(own) && isObject(old)) merged[name] = merge(own, old);
  }
  return merged;
}
