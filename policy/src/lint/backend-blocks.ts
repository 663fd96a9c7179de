import type { SourceFile } from "../sources/syntax-tree.ts";
import { lintRules } from "./lint-rules.ts";
import type { LintHit } from "./lint-rules.ts";

/** `backend` and `cloud` blocks: the run's copy overrides them. */
export function findBackends(file: SourceFile): LintHit[] {
  return file.blocks
    .filter((block) => block.type === "terraform")
    .flatMap((block) => block.blocks)
    .filter((block) => block.type === "backend" || block.type === "cloud")
    .map((block) => ({
      rule: lintRules.backend,
      place: block.place,
      key: [block.type, ...block.labels].join(" "),
      title: `The ${block.type} block in the code is overridden`,
    }));
}
