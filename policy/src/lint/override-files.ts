import { posix } from "node:path";
import { blocksWithin } from "../sources/syntax-tree.ts";
import type { SourceFile } from "../sources/syntax-tree.ts";
import { lintRules } from "./lint-rules.ts";
import type { LintHit } from "./lint-rules.ts";

const forbidden = new Set(["terraform", "provider", "provisioner"]);

/** `override.tf`, `x_override.tf`, their `.tofu` and `.json` forms: files that Terraform merges over the others. */
function isOverrideFile(path: string): boolean {
  return /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/.test(posix.basename(path));
}

/** Blocks that an override file may not hold. In the JSON syntax those inside others look like attributes. */
export function findOverrides(file: SourceFile): LintHit[] {
  if (!isOverrideFile(file.path)) return [];
  const isJson = file.path.endsWith(".json");
  return [...blocksWithin(file.blocks)].flatMap((block) => [
    ...(forbidden.has(block.type) ? [hit(block.type, block.labels.join(" "), block.place)] : []),
    ...[...block.attributes.values()]
      .filter(({ name }) => isJson && forbidden.has(name) && block.type === "resource")
      .map(({ name, place }) => hit(name, block.labels.join(" "), place)),
  ]);
}

function hit(type: string, labels: string, place: LintHit["place"]): LintHit {
  return {
    rule: lintRules.overrideFile,
    place,
    key: `${type} ${labels}`,
    title: `An override file holds a ${type} block`,
  };
}
