import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isObject, objectAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import type { ProviderTable } from "./providers.ts";

/** Names and types of a provider's resource types, compact, and the version of each source they were read from. */
export interface ReadTypes {
  types: JsonObject;
  versions: string[];
}

const deepest = 4;

/** Asks the provider itself: needs terraform on PATH and the provider in a filesystem mirror. */
export function typesOfProvider({ name, source }: ProviderTable, wanted: ReadonlySet<string>): ReadTypes {
  const { schema, version } = readSchema(name, source);
  const types: JsonObject = {};
  for (const type of wanted) {
    const found = objectAt(schema, type)["block"];
    if (isObject(found)) types[type] = compactBlock(found, 0);
  }
  return { types, versions: [version] };
}

/** The folder named by PLUMBLINE_PROVIDER_MIRROR, else the usual places. */
function findMirror(source: string): string {
  const below = (folder: string) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);
  const configured = process.env["PLUMBLINE_PROVIDER_MIRROR"];
  const candidates = [
    ...(configured === undefined ? [] : [configured]),
    join(process.env["HOME"] ?? "/", ".terraform.d/plugins"),
    ...["/opt", "/srv", "/usr/local", "/usr/local/share", "/var/lib"].flatMap(below),
  ];
  const found = candidates.find((folder) => existsSync(join(folder, source)));
  if (found === undefined)
    throw new Error(`${source} is in no filesystem mirror; name one with PLUMBLINE_PROVIDER_MIRROR.`);
  return found;
}

/** What `terraform providers schema -json` prints, and the provider's version. */
function readSchema(name: string, source: string): { schema: JsonObject; version: string } {
  const folder = mkdtempSync(join(tmpdir(), "plumbline-schema-"));
  try {
    const mirror = JSON.stringify(findMirror(source));
    const required = `${name} = {\n      source = ${JSON.stringify(source)}\n    }`;
    writeFileSync(join(folder, "main.tf"), `terraform {\n  required_providers {\n    ${required}\n  }\n}\n`);
    writeFileSync(join(folder, "rc"), `provider_installation {\n  filesystem_mirror {\n    path = ${mirror}\n  }\n}\n`);
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, TF_CLI_CONFIG_FILE: join(folder, "rc") };
    const terraform = (...args: string[]) =>
      execFileSync("terraform", [`-chdir=${folder}`, ...args], { env, encoding: "utf8", maxBuffer: 512 * 1024 * 1024 });
    terraform("init", "-no-color");
    const versions: Json = JSON.parse(terraform("version", "-json"));
    const printed: Json = JSON.parse(terraform("providers", "schema", "-json"));
    const version = objectAt(versions, "provider_selections")[source];
    return {
      schema: objectAt(objectAt(objectAt(printed, "provider_schemas"), source), "resource_schemas"),
      version: typeof version === "string" ? version : "",
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compactBlock(block: JsonObject, depth: number): JsonObject {
  const compact: JsonObject = {};
  for (const [name, attribute] of Object.entries(objectAt(block, "attributes"))) {
    if (isObject(attribute)) compact[name] = compactType(attribute["type"] ?? "dynamic", depth);
  }
  for (const [name, nested] of Object.entries(objectAt(block, "block_types")))
    compact[name] = depth < deepest ? compactBlock(objectAt(nested, "block"), depth + 1) : "block";
  return compact;
}

/** `bool`, `number`, `string`; `list`, `set`, `map` of such; an object's attributes, also where a list holds it. */
function compactType(type: Json, depth: number): Json {
  if (!Array.isArray(type)) return type;
  const [container, inner] = type;
  if (container === "object" && isObject(inner))
    return Object.fromEntries(Object.entries(inner).map(([name, of]) => [name, compactType(of, depth + 1)]));
  if (Array.isArray(inner) && inner[0] === "object") return compactType(inner, depth);
  return container ?? "dynamic";
}
