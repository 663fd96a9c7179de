import { isConfigurationFile } from "../sources/source-index.ts";
import type { SourceFile } from "../sources/syntax-tree.ts";
import { findBackends } from "./backend-blocks.ts";
import { findEnvironmentNames } from "./environment-names.ts";
import type { LintHit } from "./lint-rules.ts";
import { findOverrides } from "./override-files.ts";
import { findSyntaxErrors } from "./syntax.ts";

/** Runs every rule over sources but the one that compares environments. */
export function lintSources(parsed: ReadonlyMap<string, SourceFile>, environments: readonly string[]): LintHit[] {
  const hits: LintHit[] = [];
  for (const file of parsed.values()) {
    hits.push(...findSyntaxErrors(file));
    if (isConfigurationFile(file.path))
      hits.push(...findEnvironmentNames(file, environments), ...findOverrides(file), ...findBackends(file));
  }
  return hits;
}
