import { blocksWithin, walk } from "../sources/syntax-tree.ts";
import type { Block } from "../sources/syntax-tree.ts";
import { antiPatternRules } from "./anti-pattern-rules.ts";
import { blocksOf, calledDirectory } from "./lint-module.ts";
import type { LintModule } from "./lint-module.ts";
import type { LintHit } from "./lint-rules.ts";

/** Modules below the root in which modules may still call others. */
const deepest = 3;

/** From how many variables on handing most of them on is a habit. */
const manyVariables = 5;

/** What is wrong with how modules are cut: unused, passed through, too thin, too deep. */
export function findModuleShapes(modules: readonly LintModule[]): LintHit[] {
  return [
    ...modules.flatMap(unusedVariables),
    ...modules.flatMap((module) => unusedOutputs(module, modules)),
    ...modules
      .filter(({ isRoot }) => !isRoot)
      .flatMap((module) => [...handedOn(module), ...thin(module), ...configured(module)]),
    ...tooDeep(modules),
  ];
}

/** Any mention counts, also one inside a template or a comment: rather silent than wrong. */
function mentions(module: LintModule, what: RegExp): boolean {
  return module.files.some(({ text }) => what.test(text));
}

function unusedVariables(module: LintModule): LintHit[] {
  return blocksOf(module, "variable").flatMap((variable) => {
    const name = variable.labels[0] ?? "";
    if (mentions(module, new RegExp(String.raw`\bvar(?:\s*\.\s*|\[")${RegExp.escape(name)}(?![\w-])`))) return [];
    return [
      {
        rule: antiPatternRules.unusedVariable,
        place: variable.place,
        key: `${module.directory} ${name}`,
        title: `The variable ${name} is read nowhere`,
      },
    ];
  });
}

/** Only modules that lie inside the root module are known to have no other users. */
function unusedOutputs(module: LintModule, modules: readonly LintModule[]): LintHit[] {
  const root = modules.find(({ isRoot }) => isRoot);
  if (
    root === undefined ||
    module.isRoot ||
    root.directory === "." ||
    !module.directory.startsWith(`${root.directory}/`)
  )
    return [];
  const calls = modules.flatMap((caller) =>
    blocksOf(caller, "module")
      .filter((call) => calledDirectory(caller, call) === module.directory)
      .map((call) => ({ caller, name: call.labels[0] ?? "" })),
  );
  if (calls.length === 0) return [];
  return blocksOf(module, "output").flatMap((output) => {
    const name = output.labels[0] ?? "";
    const isRead = calls.some(({ caller, name: call }) => {
      const whole = String.raw`\bmodule\s*\.\s*${RegExp.escape(call)}(?![\w-])`;
      const rest = String.raw`(?:\s*\.\s*${RegExp.escape(name)}(?![\w-])|(?!\s*\.)|(?:\[[^\]]*\]|\.\*)(?:\s*\.\s*${RegExp.escape(name)}(?![\w-])|(?!\s*\.)))`;
      return mentions(caller, new RegExp(whole + rest));
    });
    if (isRead) return [];
    return [
      {
        rule: antiPatternRules.unusedOutput,
        place: output.place,
        key: `${module.directory} ${name}`,
        title: `The output ${name} is read by nobody`,
      },
    ];
  });
}

/** A module most of whose variables go, as they are, into one call of another module. */
function handedOn(module: LintModule): LintHit[] {
  const variables = blocksOf(module, "variable").map(({ labels }) => labels[0] ?? "");
  const calls = blocksOf(module, "module");
  const [call] = calls;
  if (variables.length < manyVariables || calls.length !== 1 || call === undefined) return [];
  if (blocksOf(module, "resource").length > 0) return [];
  const passed = plainVariables(call);
  if (variables.filter((name) => passed.has(name)).length < variables.length * 0.8) return [];
  return [
    {
      rule: antiPatternRules.passThrough,
      place: call.place,
      key: module.directory,
      title: `The module ${module.directory} hands ${passed.size} of its ${variables.length} variables on unchanged`,
    },
  ];
}

/** Names of variables that are an argument's whole value. */
function plainVariables(block: Block): Set<string> {
  const names = new Set<string>();
  for (const inner of blocksWithin([block]))
    for (const { value } of inner.attributes.values())
      if (value.kind === "reference" && value.steps.length === 2 && value.steps[0] === "var")
        names.add(String(value.steps[1]));
  return names;
}

/** A module with one resource, most of whose attributes are variables by themselves, and nothing else. */
function thin(module: LintModule): LintHit[] {
  const [resource, ...more] = blocksOf(module, "resource");
  const isMore =
    more.length > 0 || ["module", "data", "locals", "check"].some((type) => blocksOf(module, type).length > 0);
  if (resource === undefined || isMore) return [];
  const attributes = [...blocksWithin([resource])].flatMap((block) => [...block.attributes.values()]);
  const plain = attributes.filter(
    ({ value }) => value.kind === "literal" || (value.kind === "reference" && value.steps[0] === "var"),
  );
  const isLooped = [...blocksWithin([resource])].some(({ type }) => type === "dynamic" || type === "precondition");
  if (isLooped || attributes.length === 0 || plain.length < attributes.length * 0.8) return [];
  const decided = attributes.filter(({ value }) => [...walk(value)].every(({ kind }) => kind === "literal")).length;
  // A module that fixes settings for its users does something.
  if (decided > attributes.length / 2) return [];
  return [
    {
      rule: antiPatternRules.thinModule,
      place: resource.place,
      key: module.directory,
      title: `The module ${module.directory} wraps a single resource`,
    },
  ];
}

function configured(module: LintModule): LintHit[] {
  return blocksOf(module, "provider")
    .filter(({ attributes, blocks }) => attributes.size > 0 || blocks.length > 0)
    .map((provider) => ({
      rule: antiPatternRules.providerInModule,
      place: provider.place,
      key: `${module.directory} ${provider.labels.join(" ")}`,
    }));
}

/** Calls that lead below the third level, counted from the root. */
function tooDeep(modules: readonly LintModule[]): LintHit[] {
  const byDirectory = new Map(modules.map((module) => [module.directory, module]));
  const hits: LintHit[] = [];
  const reached = new Map(modules.filter(({ isRoot }) => isRoot).map((module) => [module.directory, 0]));
  for (const [directory, depth] of reached) {
    const module = byDirectory.get(directory);
    if (module === undefined) continue;
    for (const call of blocksOf(module, "module")) {
      const called = calledDirectory(module, call);
      if (called === undefined || reached.has(called)) continue;
      reached.set(called, depth + 1);
      if (depth + 1 === deepest + 1)
        hits.push({
          rule: antiPatternRules.deepModules,
          place: call.place,
          key: `${directory} ${call.labels.join(" ")}`,
        });
    }
  }
  return hits;
}
