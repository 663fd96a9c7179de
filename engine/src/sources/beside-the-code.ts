import { codeOwnersPaths } from "@plumbline/contract/configuration/code-owners/code-owners";

const rules: ReadonlySet<string> = new Set([
  "plumbline.yaml",
  ...codeOwnersPaths,
  "policies/plumbline-policy.yaml",
  "policies/waivers.yaml",
]);

/** Whether Plumbline reads a file as a rule, from main: it is no code, also where a component is the whole repository. */
export function isRuleFile(path: string): boolean {
  return rules.has(path) || /^policies\/.+\.(?:rego|sentinel)$/.test(path);
}

/**
 * Whether a file is about the repository and not part of what a root module at its root reads: what begins with a dot
 * there (but for the lock file), Markdown and licences beside it. `license.tf` is code, as any file that an engine reads.
 */
export function isAboutRepository(path: string): boolean {
  if (path === ".terraform.lock.hcl") return false;
  return path.startsWith(".") || /^(?:[^/]+\.md|(?:LICEN[CS]E|COPYING|NOTICE)(?:\.txt)?)$/i.test(path);
}
