import { isObject } from "../../resources/json.ts";
import type { Json } from "../../resources/json.ts";
import type { JudgeContext, Match, Value } from "../../vocabulary/condition.ts";
import { parsePath } from "../../vocabulary/path.ts";
import { textOf } from "../../vocabulary/text.ts";
import { yamlOf } from "./yaml-text.ts";

/**
 * A part of a Kubernetes object, however the code writes it: as blocks of a resource of its own (`container`,
 * `run_as_user`) or inside the object of a `kubernetes_manifest` (`containers`, `runAsUser`). Names are those of blocks.
 */
export interface Part {
  /** Where it stands, as findings name it. */
  path: string;
  /** The path of something in it. */
  attribute: (name: string) => string;
  /** A value in it; null where absent. */
  read: (name: string) => Value;
  /** A single block in it, there or not. */
  part: (name: string) => Part;
  /** Blocks that may stand more than once; undefined while unknown. */
  parts: (name: string) => Part[] | undefined;
}

/** Names that are not simply written in the other style. */
const manifestNames: Record<string, string> = {
  container: "containers",
  ephemeral_container: "ephemeralContainers",
  external_ips: "externalIPs",
  host_ipc: "hostIPC",
  host_pid: "hostPID",
  init_container: "initContainers",
  non_resource_urls: "nonResourceURLs",
  port: "ports",
  rule: "rules",
  subject: "subjects",
  sysctl: "sysctls",
  volume: "volumes",
  volume_mount: "volumeMounts",
};

function inManifest(name: string): string {
  return manifestNames[name] ?? name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The object that the resource describes; of one written as YAML, what is known of it. */
export function objectOf(context: JudgeContext): Part {
  const { type } = context.resource;
  if (type === "kubectl_manifest") {
    const text = context.read("yaml_body");
    return partOf(text.known ? context.document(textOf(text.value), yamlOf) : null, "yaml_body");
  }
  return type === "kubernetes_manifest" ? partAt(context, "manifest", true) : partAt(context, "", false);
}

/** A part of an object that was read from a text: all of it stands where the text does. */
function partOf(value: Json, place: string): Part {
  const at = (name: string): Json => (isObject(value) ? (value[inManifest(name)] ?? null) : null);
  return {
    path: place,
    attribute: () => place,
    read: (name) => ({ known: true, value: at(name) }),
    part: (name) => partOf(at(name), place),
    parts: (name) => {
      const list = at(name);
      return (Array.isArray(list) ? list : []).map((item) => partOf(item, place));
    },
  };
}

function partAt(context: JudgeContext, path: string, isManifest: boolean): Part {
  const attribute = (name: string): string => {
    const own = isManifest ? inManifest(name) : name;
    return path === "" ? own : `${path}.${own}`;
  };
  return {
    path,
    attribute,
    read: (name) => readPart(context, attribute(name)),
    part: (name) => partAt(context, attribute(name), isManifest),
    parts: (name) => {
      const list = context.read(attribute(name));
      if (!list.known) return undefined;
      const count = Array.isArray(list.value) ? list.value.length : isObject(list.value) ? 1 : 0;
      return Array.from({ length: count }, (_, position) =>
        partAt(context, Array.isArray(list.value) ? `${attribute(name)}[${position}]` : attribute(name), isManifest),
      );
    },
  };
}

/**
 * The provider says of much that nobody sets that it is known only after apply: what the code does not mention has the
 * cluster's default and counts as absent, however deep it stands.
 */
function readPart({ read, resource }: JudgeContext, path: string): Value {
  const value = read(path);
  if (value.known || !resource.configured) return value;
  let found: Json | undefined = resource.configured.expressions;
  let position = 0;
  for (const step of parsePath(path)) {
    if (typeof step === "number") {
      position = step;
      continue;
    }
    const block: Json | undefined = Array.isArray(found) ? (found[position] ?? found[0]) : found;
    position = 0;
    if (!isObject(block) || "references" in block || "constant_value" in block) return value;
    if (!Object.hasOwn(block, step)) return repeated.has(step) ? value : { known: true, value: null };
    found = block[step];
  }
  return value;
}

/** Blocks that `dynamic` makes as a rule; where the code shows none there may still be some. */
const repeated = new Set([
  "container",
  "env",
  "env_from",
  "init_container",
  "port",
  "rule",
  "spec",
  "subject",
  "volume",
]);

/** A match where the value is known and the test true of it, or where it is not known yet. */
export function where(part: Part, name: string, test: (value: Json) => boolean): Match | undefined {
  const value = part.read(name);
  const attribute = part.attribute(name);
  if (!value.known) return { outcome: "unknown", attribute };
  return test(value.value) ? { outcome: "true", attribute } : undefined;
}

/** `true`, also as a word. */
export function isOn(value: Json): boolean {
  return textOf(value) === "true";
}

/** `false`, also as a word. */
export function isOff(value: Json): boolean {
  return textOf(value) === "false";
}

/** The texts of a list, or of a single value. */
export function textsOf(value: Json): string[] {
  return (Array.isArray(value) ? value : [value]).map(textOf).filter((text) => text !== "");
}

/** Both hold; not certain where one of them is not. The place is the first one's. */
export function both(first: Match | undefined, second: Match | undefined): Match | undefined {
  if (!first || !second) return undefined;
  return second.outcome === "unknown" ? { ...first, outcome: "unknown" } : first;
}

/** One of them holds; the certain one goes before. */
export function either(...matches: readonly (Match | undefined)[]): Match | undefined {
  return matches.find((match) => match?.outcome === "true") ?? matches.find((match) => match !== undefined);
}
