import { posix } from "node:path";
import { antiPatternRules } from "./anti-pattern-rules.ts";
import { blocksOf } from "./lint-module.ts";
import type { LintModule } from "./lint-module.ts";
import type { LintHit } from "./lint-rules.ts";

/** What a module does not say about itself: one hit for all its variables, one for all its outputs, one for its README. */
export function findDocumentationGaps(module: LintModule, paths: ReadonlySet<string>): LintHit[] {
  return [
    ...undescribed(module, "variable"),
    ...undescribed(module, "output"),
    ...(module.isRoot ? [] : missingReadme(module, paths)),
  ];
}

function undescribed(module: LintModule, type: "variable" | "output"): LintHit[] {
  const silent = blocksOf(module, type).filter(({ attributes }) => !attributes.has("description"));
  const [first] = silent;
  if (first === undefined) return [];
  const names = silent.map(({ labels }) => labels[0] ?? "");
  const shown = names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
  const rule = type === "variable" ? antiPatternRules.undescribedVariable : antiPatternRules.undescribedOutput;
  return [
    {
      rule,
      place: first.place,
      key: `${module.directory} ${type}`,
      title: `${names.length === 1 ? `The ${type} ${shown} has` : `The ${type}s ${shown} have`} no description`,
    },
  ];
}

function missingReadme(module: LintModule, paths: ReadonlySet<string>): LintHit[] {
  const [first] = module.blocks;
  const names = ["README.md", "README", "README.txt", "README.adoc", "readme.md", "Readme.md"];
  if (first === undefined || names.some((name) => paths.has(posix.join(module.directory, name)))) return [];
  return [{ rule: antiPatternRules.missingReadme, place: first.place, key: module.directory }];
}
