import { posix } from "node:path";
import { literalValue } from "../sources/syntax-tree.ts";
import type { Attribute } from "../sources/syntax-tree.ts";
import { antiPatternRules } from "./anti-pattern-rules.ts";
import { blocksOf, sourceOf } from "./lint-module.ts";
import type { LintModule } from "./lint-module.ts";
import type { LintHit } from "./lint-rules.ts";

/** Branches that move; a `ref` may also name a tag or a commit. */
const branches = /^(?:main|master|develop|dev|trunk|head|latest)$/i;

/** Module calls whose source can give something else tomorrow. */
export function findUnpinnedModules(module: LintModule): LintHit[] {
  return blocksOf(module, "module").flatMap((call) => {
    const source = sourceOf(call);
    const attribute = call.attributes.get("source");
    if (source === undefined || attribute === undefined || !isUnpinned(source, call.attributes.get("version")))
      return [];
    const name = call.labels[0] ?? "";
    return [
      {
        rule: antiPatternRules.unpinnedModule,
        place: attribute.place,
        attribute: "source",
        key: `module ${name}`,
        title: `The module ${name} has no fixed version`,
      },
    ];
  });
}

function isUnpinned(source: string, version: Attribute | undefined): boolean {
  if (/^(?:\.{1,2}(?:\/|$)|\/)/.test(source)) return false;
  const isGit = /^git::|^git@|\.git(?:\/\/|\?|$)|^(?:github\.com|bitbucket\.org)\//.test(source);
  if (isGit) {
    const ref = /[?&]ref=([^&]+)/.exec(source)?.[1];
    return ref === undefined || branches.test(ref);
  }
  const isRegistry = /^(?:[a-z0-9.-]+\.[a-z]{2,}\/)?[\w-]+\/[\w-]+\/[\w-]+(?:\/\/.*)?$/i.test(source);
  if (!isRegistry) return false; // an archive by its address; its name may hold the version
  const constraint = version && literalValue(version.value);
  // A range whose upper end is open takes whatever is published next.
  return version === undefined || (typeof constraint === "string" && /^\s*(?:>=?|!=)[^,]*$/.test(constraint));
}

/**
 * Providers that resources use and that no `required_providers` gives a version, one hit for each. A called module only
 * has to name them: the root module and its lock file choose.
 */
export function findUnpinnedProviders(module: LintModule): LintHit[] {
  const required = blocksOf(module, "terraform").flatMap(({ blocks }) =>
    blocks.filter(({ type }) => type === "required_providers"),
  );
  const versioned = new Set(
    required.flatMap(({ attributes }) =>
      module.isRoot ? [...attributes.values()].flatMap(versionedName) : [...attributes.keys()],
    ),
  );
  const seen = new Set<string>();
  return blocksOf(module, "resource").flatMap((resource) => {
    const [type = ""] = resource.labels;
    const chosen = resource.attributes.get("provider")?.value;
    const name = chosen?.kind === "reference" ? String(chosen.steps[0]) : (type.split("_")[0] ?? "");
    if (name === "" || name === "terraform" || versioned.has(name) || seen.has(name)) return [];
    seen.add(name);
    return [
      {
        rule: antiPatternRules.unpinnedProvider,
        place: resource.place,
        key: `${module.directory} provider ${name}`,
        title: `The provider ${name} has no version constraint`,
      },
    ];
  });
}

function versionedName(attribute: Attribute): string[] {
  const { name, value } = attribute;
  if (value.kind === "literal") return typeof value.value === "string" && value.value !== "" ? [name] : [];
  if (value.kind !== "object") return [];
  return value.entries.some(({ key }) => key === "version") ? [name] : [];
}

/** A root module with resources and without a lock file among the paths that are known. What configures no provider is a module for others. */
export function findMissingLock(module: LintModule, paths: ReadonlySet<string>): LintHit[] {
  const [provider] = blocksOf(module, "provider");
  if (!module.isRoot || provider === undefined || paths.has(posix.join(module.directory, ".terraform.lock.hcl")))
    return [];
  return [{ rule: antiPatternRules.missingLock, place: provider.place, key: module.directory }];
}
