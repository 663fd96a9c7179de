import type { SourceFile } from "../sources/syntax-tree.ts";
import { antiPatternRules } from "./anti-pattern-rules.ts";
import { findDocumentationGaps } from "./documentation-gaps.ts";
import { findEscapes } from "./escapes.ts";
import { findHardCodedIds } from "./hard-coded-ids.ts";
import { blocksOf, lintModules } from "./lint-module.ts";
import type { LintHit } from "./lint-rules.ts";
import { findModuleShapes } from "./module-shape.ts";
import { findMissingLock, findUnpinnedModules, findUnpinnedProviders } from "./pins.ts";

/** What else than its parsed files the rules look at. */
export interface AntiPatternContext {
  /** Directory of the root module. */
  root: string;
  /** All paths that are known, whatever they hold; empty where nobody listed them. */
  paths: ReadonlySet<string>;
  /** Managed resources of the plan. */
  resources: number;
  /** More than this are too many for one state. */
  mostResources: number;
}

/** Runs the rules about code that is hard to live with, over a root module and the modules that it calls. */
export function findAntiPatterns(
  parsed: ReadonlyMap<string, SourceFile>,
  { root, paths, resources, mostResources }: AntiPatternContext,
): LintHit[] {
  const modules = lintModules(parsed, root);
  return [
    ...modules.flatMap((module) => [
      ...module.files.flatMap((file) => [...findHardCodedIds(file), ...findEscapes(file)]),
      ...findUnpinnedModules(module),
      ...findUnpinnedProviders(module),
      ...(paths.size === 0 ? [] : [...findMissingLock(module, paths), ...findDocumentationGaps(module, paths)]),
    ]),
    ...findModuleShapes(modules),
    ...(resources > mostResources ? monolith(modules, resources, root) : []),
  ];
}

function monolith(modules: ReturnType<typeof lintModules>, resources: number, root: string): LintHit[] {
  const module = modules.find(({ isRoot }) => isRoot);
  const first = module && (blocksOf(module, "resource")[0] ?? module.blocks[0]);
  if (first === undefined) return [];
  return [
    {
      rule: antiPatternRules.monolith,
      place: first.place,
      key: root,
      title: `One state holds ${resources} resources`,
    },
  ];
}
