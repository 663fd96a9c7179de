import { posix } from "node:path";
import type { SourcePlace } from "@plumbline/contract/findings";
import { isObject } from "../resources/json.ts";
import type { Json } from "../resources/json.ts";
import { blocksWithin } from "../sources/syntax-tree.ts";
import type { SourceFile } from "../sources/syntax-tree.ts";
import { lintRules } from "./lint-rules.ts";
import type { LintHit } from "./lint-rules.ts";

const forbidden = new Set(["terraform", "provider", "provisioner"]);

/** `override.tf`, `x_override.tf`, their `.tofu` and `.json` forms: files that Terraform merges over the others. */
export function isOverrideFile(path: string): boolean {
  return /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/.test(posix.basename(path));
}

/** Blocks that an override file may not hold. */
export function findOverrides(file: SourceFile): LintHit[] {
  if (!isOverrideFile(file.path)) return [];
  return [...blocksWithin(file.blocks)]
    .filter((block) => forbidden.has(block.type))
    .map((block) => hit(block.type, block.labels.join(" "), block.place));
}

/** The same for the JSON syntax, where provisioners stand inside resources. Text that is no JSON is found elsewhere. */
export function findJsonOverrides(path: string, text: string): LintHit[] {
  if (!isOverrideFile(path)) return [];
  const place: SourcePlace = { file: path, line: 1 };
  let content: Json;
  try {
    content = JSON.parse(text);
  } catch {
    return [];
  }
  const top = topObjects(content).flatMap((object) => Object.keys(object));
  const found = ["terraform", "provider"].filter((name) => top.includes(name));
  if (holdsProvisioner(content)) found.push("provisioner");
  return found.map((name) => hit(name, "", place));
}

/** In the JSON syntax a body is an object or a list of objects. */
function topObjects(content: Json): { [key: string]: Json }[] {
  return (Array.isArray(content) ? content : [content]).filter(isObject);
}

function holdsProvisioner(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsProvisioner);
  return (
    isObject(value) && Object.entries(value).some(([key, member]) => key === "provisioner" || holdsProvisioner(member))
  );
}

function hit(type: string, labels: string, place: SourcePlace): LintHit {
  return {
    rule: lintRules.overrideFile,
    place,
    key: `${type} ${labels}`,
    title: `An override file holds a ${type} block`,
  };
}
