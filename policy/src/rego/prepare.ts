import { posix } from "node:path";
import { problem } from "@plumbline/contract/errors";
import type { Problem } from "@plumbline/contract/errors";
import { policyRoot, regoFileKind } from "./policy-files.ts";
import { bareCode, withoutComments } from "./rego-text.ts";
import { shapesOf, signalsOf } from "./shapes.ts";
import type { FileSignals, Shape } from "./shapes.ts";

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
  /** Names of its `deny`, `violation` and `warn` rules; none in a library or a test. */
  rules: readonly string[];
  /** Whether it says what is exempted (`exception`). */
  exempts: boolean;
  /** What the rules expect as `input`. */
  shapes: readonly Shape[];
}

export interface PreparedPolicies {
  policies: Policy[];
  failures: Problem[];
}

export interface PrepareOptions {
  /** The policies' directory. */
  root?: string;
  /** Takes `*_test.rego` too. */
  withTests?: boolean;
}

const packagePattern = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\["[^"\\\n]*"\])*$/;

/** The package of the module that asks all others. */
export const entryPackage = "plumbline_entry";

/** Reads what the files are; a file without a package line gets one of its own, a test without one that of its policy. */
export function preparePolicies(files: ReadonlyMap<string, string>, options: PrepareOptions = {}): PreparedPolicies {
  const { root = policyRoot, withTests = false } = options;
  const failures: Problem[] = [];
  const drafts: Draft[] = [];
  const packages = new Map<string, string>();
  // Tests come last: they may take the package of the policy beside them.
  const paths = [...files.keys()].sort((left, right) => Number(isTest(left)) - Number(isTest(right)));
  for (const path of paths) {
    const kind = regoFileKind(path, root);
    if (kind !== "policy" && !(kind === "test" && withTests)) continue;
    const draft = read(path, files.get(path) ?? "", drafts.length, packages.get(path.replace(/_test\.rego$/, ".rego")));
    packages.set(path, draft.policy.package);
    if (isUsable(draft.policy.package)) drafts.push(draft);
    else
      failures.push(
        problem(
          "policy_unjudged",
          `${path}: the package name ${JSON.stringify(draft.policy.package)} cannot be used.`,
          {
            places: [{ file: path, line: 1 }],
          },
        ),
      );
  }
  const signals = drafts.filter(({ policy }) => !isTest(policy.path)).map((draft) => draft.signals);
  return {
    policies: drafts.map((draft) => ({ ...draft.policy, shapes: shapesOf(draft.signals, signals) })),
    failures,
  };
}

function isTest(path: string): boolean {
  return path.endsWith("_test.rego");
}

function isUsable(name: string): boolean {
  return packagePattern.test(name) && name.split(/[.[]/)[0] !== entryPackage;
}

interface Draft {
  policy: Omit<Policy, "shapes">;
  signals: FileSignals;
}

function read(path: string, text: string, position: number, ofPolicy: string | undefined): Draft {
  const code = bareCode(text);
  const name = packageIn(text, code);
  const supplied = isTest(path) && ofPolicy !== undefined ? ofPolicy : `plumbline_policy_${position}`;
  const names = isTest(path) ? [] : [...code.matchAll(asked)].flatMap((found) => found[1] ?? []);
  const policy = {
    path,
    file: `policy-${position}${isTest(path) ? "_test" : ""}.rego`,
    text: name === undefined ? `package ${supplied}\n${text}` : text,
    package: name ?? supplied,
    label: name ?? posix.basename(path, ".rego"),
    added: name === undefined ? 1 : 0,
    regoVersion: versionOf(code),
    rules: [...new Set(names)],
    exempts: /^[ \t]*exception(?=[ \t]*(?:\[|:?=|contains\b))/m.test(code),
  };
  return { policy, signals: signalsOf(policy.package, withoutComments(text)) };
}

/** Heads of rules that are asked, `deny.topic contains msg` among them. */
const asked = /(?:^|\})[ \t]*((?:deny|violation|warn)(?:_\w+)?)(?=[ \t]*(?:\.|\[|\{|:?=|contains\b|if\b))/gm;

/** The declared package. It is read from the text itself: inside it a quoted part counts. */
function packageIn(text: string, code: string): string | undefined {
  const declared = /^[ \t]*package[ \t]+([^\n;]+)/m.exec(code);
  if (!declared) return undefined;
  const line = text.slice(declared.index).replace(/^[ \t]*package[ \t]+/, "");
  return line.split(/[\r\n;#]/)[0]?.trim();
}

/** v1 writes `if` and `contains` without importing them; a wrong guess is corrected when OPA refuses the file. */
function versionOf(code: string): 0 | 1 {
  if (/^[ \t]*import[ \t]+(?:future\.keywords|rego\.v1)/m.test(code)) return 0;
  return /\bif\b/.test(code) || /^[ \t]*[\w.]+[ \t]+contains[ \t]+[^(\s]/m.test(code) ? 1 : 0;
}
