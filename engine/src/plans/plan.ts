import { problem } from "@plumbline/contract";
import type { JsonObject, JsonValue } from "./json.ts";
import { isObject, member, parseJson } from "./json.ts";

/**
 * One change of `terraform show -json`. A mask (`afterUnknown`, `…Sensitive`) has the shape of its value with `true`
 * where the whole value below is unknown or sensitive.
 */
export interface Change {
  actions: string[];
  /** Undefined where the engine left it out, as it does for what is unknown. */
  before: JsonValue | undefined;
  after: JsonValue | undefined;
  afterUnknown: JsonValue;
  beforeSensitive: JsonValue;
  afterSensitive: JsonValue;
  replacePaths: JsonValue[];
  importing: JsonValue | undefined;
}

/** What happens to one resource instance, or what happened to it outside. */
export interface ResourceChange {
  address: string;
  previousAddress?: string;
  module?: string;
  mode: "managed" | "data";
  type: string;
  name: string;
  provider: string;
  deposed?: string;
  reason?: string;
  change: Change;
}

/** A plan as `terraform show -json` prints it, format 1.x. */
export interface Plan {
  formatVersion: string;
  engineVersion: string;
  /** What plantimestamp() gave while planning. */
  timestamp?: string;
  errored: boolean;
  complete: boolean;
  resourceChanges: ResourceChange[];
  resourceDrift: ResourceChange[];
  outputChanges: Map<string, Change>;
  /** Values of the root module's variables that its code declares sensitive. */
  sensitiveVariables: JsonValue[];
}

/**
 * Reads the output of `terraform show -json <plan>` or `tofu show -json <plan>`. Unknown members are ignored, missing
 * ones take their empty value. Throws `engine_failed` for what is not a plan of format 1.
 */
export function parsePlan(json: string | Uint8Array): Plan {
  const root = parse(typeof json === "string" ? json : new TextDecoder("utf-8", { fatal: true }).decode(json));
  const formatVersion = text(root, "format_version") ?? "";
  if (!/^1\.[0-9]+$/.test(formatVersion))
    throw problem("engine_failed", `The plan has format ${JSON.stringify(formatVersion)}; format 1 is understood.`);
  const timestamp = text(root, "timestamp");
  return {
    formatVersion,
    engineVersion: text(root, "terraform_version") ?? "",
    ...(timestamp === undefined ? {} : { timestamp }),
    errored: member(root, "errored") === true,
    complete: member(root, "complete") !== false,
    resourceChanges: list(root, "resource_changes").map(readResource),
    resourceDrift: list(root, "resource_drift").map(readResource),
    outputChanges: readOutputs(member(root, "output_changes")),
    sensitiveVariables: readSensitiveVariables(root),
  };
}

function parse(json: string): JsonObject {
  let value: JsonValue;
  try {
    value = parseJson(json);
  } catch (cause) {
    throw problem("engine_failed", "The engine's plan is not readable as JSON.", { cause });
  }
  if (!isObject(value)) throw problem("engine_failed", "The engine's plan is not a JSON object.");
  return value;
}

function readResource(value: JsonValue): ResourceChange {
  const address = text(value, "address");
  if (address === undefined) throw problem("engine_failed", "The engine's plan has a resource without address.");
  const previousAddress = text(value, "previous_address");
  const module = text(value, "module_address");
  const deposed = text(value, "deposed");
  const reason = text(value, "action_reason");
  return {
    address,
    ...(previousAddress === undefined ? {} : { previousAddress }),
    ...(module === undefined ? {} : { module }),
    mode: text(value, "mode") === "data" ? "data" : "managed",
    type: text(value, "type") ?? "",
    name: text(value, "name") ?? "",
    provider: text(value, "provider_name") ?? "",
    ...(deposed === undefined ? {} : { deposed }),
    ...(reason === undefined ? {} : { reason }),
    change: readChange(member(value, "change"), address),
  };
}

function readChange(value: JsonValue | undefined, where: string): Change {
  const actions = list(value, "actions").filter((action) => typeof action === "string");
  if (actions.length === 0) throw problem("engine_failed", `The engine's plan says no action for ${where}.`);
  return {
    actions,
    before: member(value, "before"),
    after: member(value, "after"),
    afterUnknown: member(value, "after_unknown") ?? false,
    beforeSensitive: member(value, "before_sensitive") ?? false,
    afterSensitive: member(value, "after_sensitive") ?? false,
    replacePaths: list(value, "replace_paths"),
    importing: member(value, "importing") ?? undefined,
  };
}

function readOutputs(value: JsonValue | undefined): Map<string, Change> {
  if (!isObject(value)) return new Map();
  return new Map(Object.entries(value).map(([name, change]) => [name, readChange(change, `output ${name}`)]));
}

function readSensitiveVariables(root: JsonObject): JsonValue[] {
  const declared = member(member(member(root, "configuration"), "root_module"), "variables");
  const given = member(root, "variables");
  if (!isObject(declared) || !isObject(given)) return [];
  return Object.entries(given)
    .filter(([name]) => member(member(declared, name), "sensitive") === true)
    .map(([, variable]) => member(variable, "value") ?? null);
}

function text(value: JsonValue | undefined, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === "string" ? found : undefined;
}

function list(value: JsonValue | undefined, key: string): JsonValue[] {
  const found = member(value, key);
  return Array.isArray(found) ? found : [];
}
