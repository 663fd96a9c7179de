import { blockingByDefault } from "@plumbline/contract";
import { codeOwnersPaths, readCodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import { isConfigurationFile, readConfiguration } from "@plumbline/contract/configuration/reading/read-configuration";
import { readPolicyConfiguration } from "@plumbline/policy/configuration/read-policy-configuration";
import { checkNewWaivers, readWaivers, waiversFile } from "@plumbline/policy/gate/read-waivers";
import { waiverEnd } from "@plumbline/policy/gate/waiver";
import { lintSources } from "@plumbline/policy/lint/lint-sources";
import { parseSource } from "@plumbline/policy/sources/parse-source";
import { errorAt, compareFlaws } from "./flaw.ts";
import type { Flaw } from "./flaw.ts";
import { readFolder } from "./read-folder.ts";

const policyPath = "policies/plumbline-policy.yaml";
const environmentFile = /^environments\/(.+)\/environment\.yaml$/;
const sourceFile = /\.(?:tf|tofu|tfvars)(?:\.json)?$/;

/**
 * Checks a repository's folder as it stands: configuration files, code owners, policy configuration, and sources as far
 * as that needs no engine. Nothing of it is executed, nothing is fetched. Components of pinned commits are not known here.
 */
export async function checkFolder(root: string): Promise<Flaw[]> {
  const owners: ReadonlySet<string> = new Set(codeOwnersPaths);
  const folder = readFolder(
    root,
    (path) =>
      isConfigurationFile(path) ||
      path === policyPath ||
      path === waiversFile ||
      owners.has(path) ||
      sourceFile.test(path),
  );
  const { texts, directories } = folder;
  const configured = new Map([...texts].filter(([path]) => isConfigurationFile(path)));
  const read = readConfiguration(configured, {
    hasDirectory: (path) => directories.has(path),
    hasFile: (path) => texts.has(path),
  });
  const ownersPath = codeOwnersPaths.find((path) => texts.has(path));
  const policy = texts.get(policyPath);
  const waivers = texts.get(waiversFile);
  // By their folders: they are known though the configuration may be wrong.
  const environments = [...texts.keys()].flatMap((path) => environmentFile.exec(path)?.[1] ?? []);
  return [
    ...folder.skipped.map(({ path, reason }) => errorAt({ file: path, line: 1 }, `cannot be checked: ${reason}`)),
    ...[
      ...read.problems,
      ...(ownersPath === undefined ? [] : readCodeOwners(texts.get(ownersPath) ?? "", ownersPath).problems),
      ...(policy === undefined ? [] : readPolicyConfiguration(policy, policyPath).problems),
      ...(waivers === undefined ? [] : waiverProblems(waivers, policy ?? "version: 1\n", new Date())),
    ].map((found) => errorAt(found, found.message)),
    ...(ownersPath === undefined && texts.has("plumbline.yaml")
      ? [errorAt({ file: "CODEOWNERS", line: 1 }, "there is no CODEOWNERS: nobody could approve a change")]
      : []),
    ...lint(texts, environments),
  ].toSorted(compareFlaws);
}

/**
 * Mistakes of form, and waivers that last longer than the policy beside them allows from today. Those that have expired
 * are no mistake: main may hold them still.
 */
function waiverProblems(text: string, policy: string, now: Date): { message: string; file: string; line: number }[] {
  const { waivers, problems } = readWaivers(text);
  const maxDays = readPolicyConfiguration(policy, policyPath).configuration.waiverMaxDays;
  const expired = waivers.filter((waiver) => waiverEnd(waiver) <= now);
  return [...problems, ...checkNewWaivers(expired, waivers, { now, maxDays })];
}

function lint(texts: ReadonlyMap<string, string>, environments: readonly string[]): Flaw[] {
  const sources = new Map([...texts].filter(([path]) => sourceFile.test(path)));
  const parsed = new Map([...sources].map(([path, text]) => [path, parseSource(path, text)]));
  return lintSources(parsed, environments).map(({ rule, place, title }) => ({
    level: blockingByDefault.includes(rule.severity) ? "error" : "advice",
    file: place.file,
    line: place.line,
    column: place.column ?? null,
    message: title ?? rule.title,
    proposal: rule.fix,
    rule: rule.id,
    severity: rule.severity,
  }));
}
