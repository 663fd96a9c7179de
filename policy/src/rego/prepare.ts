import { posix } from "node:path";
import { problem } from "@plumbline/contract/errors";
import type { Problem } from "@plumbline/contract/errors";

/** A policy file, ready for OPA. */
export interface Policy {
  /** Path in the repository. */
  path: string;
  /** Name inside the bundle. */
  file: string;
  text: string;
  package: string;
  /** How findings call it: the package, or the file's name where it has none. */
  label: string;
  /** Lines put in front of the author's. */
  added: number;
  regoVersion: 0 | 1;
  /** Names of its `deny`, `violation` and `warn` rules. */
  rules: readonly string[];
  /** What the rules expect as `input`. */
  shapes: readonly ("resource" | "plan")[];
}

const packagePattern = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\["[^"\\\n]*"\])*$/;

/** The package of the module that asks all others. */
export const entryPackage = "plumbline_entry";

/** Reads what a file is; a file without a package line gets one of its own. */
export function preparePolicies(files: ReadonlyMap<string, string>): { policies: Policy[]; failures: Problem[] } {
  const policies: Policy[] = [];
  const failures: Problem[] = [];
  for (const [path, text] of files) {
    if (!path.endsWith(".rego") || path.endsWith("_test.rego")) continue;
    const policy = prepare(path, text, policies.length);
    const root = policy.package.split(/[.[]/)[0];
    if (packagePattern.test(policy.package) && root !== entryPackage) policies.push(policy);
    else
      failures.push(
        problem("policy_unjudged", `${path}: the package name ${JSON.stringify(policy.package)} cannot be used.`, {
          places: [{ file: path, line: 1 }],
        }),
      );
  }
  return { policies, failures };
}

function prepare(path: string, text: string, position: number): Policy {
  const code = withoutCommentsAndStrings(text);
  const declared = /^[ \t]*package[ \t]+([^\n;]+)/m.exec(code);
  // The declared name is read from the text itself: inside it a quoted part counts.
  const name = declared
    ? text
        .slice(declared.index)
        .replace(/^[ \t]*package[ \t]+/, "")
        .split(/[\n;#]/)[0]
        ?.trim()
    : undefined;
  const supplied = `plumbline_policy_${position}`;
  return {
    path,
    file: `policy-${position}.rego`,
    text: declared ? text : `package ${supplied}\n${text}`,
    package: name ?? supplied,
    label: name ?? posix.basename(path, ".rego"),
    added: declared ? 0 : 1,
    regoVersion: versionOf(code),
    rules: [
      ...new Set(
        [
          ...code.matchAll(/^[ \t]*((?:deny|violation|warn)(?:_\w+)?)(?=[ \t]*(?:\[|\{|:?=|contains\b|if\b))/gm),
        ].flatMap((found) => found[1] ?? []),
      ),
    ],
    shapes: shapesOf(code),
  };
}

/** v1 writes `if` and `contains` without importing them; a wrong guess is corrected when OPA refuses the file. */
function versionOf(code: string): 0 | 1 {
  if (/^[ \t]*import[ \t]+(?:future\.keywords|rego\.v1)/m.test(code)) return 0;
  return /\bif\b/.test(code) || /^[ \t]*[\w.]+[ \t]+contains[ \t]+[^(\s]/m.test(code) ? 1 : 0;
}

/**
 * Policies written for single resources name `input.resource_type`, or attributes right below `input.planned_values`;
 * all others get the plan, as conftest gives it.
 */
function shapesOf(code: string): ("resource" | "plan")[] {
  const input = `\\b(?:${["input", ...[...code.matchAll(/\bimport\s+input\s+as\s+(\w+)/g)].map((found) => found[1] ?? "input")].join("|")})`;
  const single = "\\.\\s*(?:resource_type\\b|planned_values\\.(?!root_module\\b|outputs\\b)\\w)";
  if (!new RegExp(`${input}\\s*${single}`).test(code)) return ["plan"];
  const plan = /\.\s*(?:resource_changes|resource_drift|prior_state|configuration|root_module|output_changes)\b/;
  return plan.test(code) ? ["resource", "plan"] : ["resource"];
}

/** Blanks out what is no code, keeping lines. */
function withoutCommentsAndStrings(text: string): string {
  return text.replaceAll(/"(?:[^"\\\n]|\\.)*"|`[^`]*`|#[^\n]*/g, (found) => found.replaceAll(/[^\n]/g, " "));
}
