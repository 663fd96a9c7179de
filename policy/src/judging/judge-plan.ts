import { Problem, problem } from "@plumbline/contract/errors";
import type { Finding } from "@plumbline/contract/findings";
import { effectivePolicy } from "../configuration/effective-policy.ts";
import type { EffectivePolicy } from "../configuration/effective-policy.ts";
import { findAntiPatterns } from "../lint/anti-patterns.ts";
import { Patches } from "../fixes/patch-of-finding.ts";
import type { LintHit } from "../lint/lint-rules.ts";
import { lintRules, sourceRules } from "../lint/lint-rules.ts";
import { lintSources } from "../lint/lint-sources.ts";
import { environmentOfFile, findUnexplainedValues, valuesByPath } from "../lint/unexplained-values.ts";
import type { RegoInput, RegoResult } from "../rego/rego-input.ts";
import { resourcesOfPlan } from "../resources/from-plan.ts";
import { isObject, objectAt } from "../resources/json.ts";
import { withHidden } from "../resources/known-in-part.ts";
import { providersOfPlan } from "../resources/providers.ts";
import type { Resource } from "../resources/resource.ts";
import type { Rule } from "../rule.ts";
import { rulesFor } from "../rules/load-rules.ts";
import type { ScannerRun } from "../scanners/scanner.ts";
import { findInFiles, secretFingerprint, titleOf } from "../secrets/find-in-files.ts";
import { findInPlan } from "../secrets/find-in-plan.ts";
import type { SecretInPlan } from "../secrets/find-in-plan.ts";
import { SecretMask } from "../secrets/mask.ts";
import { ruleOf } from "../secrets/secret-rules.ts";
import { withDynamicBlocks } from "../sources/dynamic-blocks.ts";
import { followToCause } from "../sources/follow.ts";
import type { Following } from "../sources/follow.ts";
import { parseSource } from "../sources/parse-source.ts";
import { locate } from "../sources/locate.ts";
import { indexSources, isVariablesFile } from "../sources/source-index.ts";
import { fingerprint } from "./fingerprint.ts";
import { hiddenIn } from "./hidden-in.ts";
import { judgeResources, rulesInForce } from "./judge-resources.ts";
import type { ResourceFinding } from "./judge-resources.ts";
import type { JudgeInput, Judgement } from "./judgement.ts";
import { resourcePlaces } from "./resource-places.ts";
import { compareFindings, worse } from "./severity.ts";

/** Resources in one state from which on plans take minutes and everybody waits for everybody. */
const defaultMostResources = 500;

/**
 * Judges one workspace's plan and sources: rules over resources, rules over sources, Rego. Never throws for what is in
 * the input; what could not be judged is among `failures` and the change must then be blocked. `rules` are those over
 * resources; by default those of the catalogue for the types that occur.
 */
export async function judgePlan(input: JudgeInput, rules?: readonly Rule[]): Promise<Judgement> {
  try {
    return await judgeAll(input, rules);
  } catch (fault) {
    return { findings: [], judged: { rules: 0, resources: 0, policies: 0 }, failures: [asProblem(fault).toJSON()] };
  }
}

async function judgeAll(input: JudgeInput, rules: readonly Rule[] | undefined): Promise<Judgement> {
  const policy = effectivePolicy(input.policyConfiguration, input.environment, input.layer);
  const failures: Problem[] = [];
  const planned = attempt(failures, () => resourcesOfPlan(input.planJson)) ?? [];
  const index = indexSources(input.files, input.componentPath);
  const inCode = planned.map((resource) => withDynamicBlocks(index, resource));
  const hidden = input.hidden ?? (await hiddenIn(input, inCode));
  const resources = hidden ? inCode.map((resource) => withHidden(resource, hidden)) : inCode;
  const providers = isObject(input.planJson) ? providersOfPlan(input.planJson) : [];
  const types = [...resources, ...providers].map(({ type }) => type);
  const inForce = rulesInForce(rules ?? (await rulesFor(types)), policy);
  // The organization's first: of two findings that are the same the first stands.
  const rego: RegoResult[] = [];
  for (const one of [input.organizationRego, input.rego])
    if (one) rego.push(...(await runRego(one, input, resources, failures)));

  const following: Following = {
    index,
    variableFiles: input.variableFiles ?? defaultVariableFiles(input),
    variables: objectAt(input.planJson, "variables"),
  };
  const found = [
    ...judgeResources([...resources, ...providers], inForce, policy),
    ...rego.flatMap((one) => one.findings),
  ];

  const patches = new Patches(inForce, following);
  const mask = new SecretMask();
  const hits = lintSources(index.files, input.environments);
  hits.push(
    ...findAntiPatterns(index.files, {
      root: input.componentPath,
      paths: new Set(input.paths),
      resources: resources.length,
      mostResources: policy.parameters.max_resources ?? defaultMostResources,
    }),
  );
  const written = new Map([...input.files, ...(input.texts ?? [])]);
  hits.push(...findInFiles(written, mask, input.secretsKey));
  found.push(
    ...findInPlan(input.planJson, resources, mask).flatMap((one) => plannedSecret(one, input, policy, written)),
  );
  const values = [...(input.environmentValues ?? [])].map(([path, text]) => parseSource(path, text));
  const whose = (path: string) => input.valuesOf?.[path] ?? valuesByPath(path);
  const unexplained = findUnexplainedValues(values, whose);
  hits.push(...unexplained.filter((hit) => whose(hit.place.file)?.environments.includes(input.environment)));
  const own = [
    ...found.map((one) => place(following, one, patches)),
    ...hits.flatMap((hit) => lintFinding(hit, policy)),
  ];
  const scanned = await input.scanned;
  const findings = scanned ? await withScanners(own, scanned, following, resources, policy) : own;
  failures.push(...(scanned?.failures ?? []));
  return {
    findings: distinct(findings.map((finding) => mask.apply(finding))).sort(compareFindings),
    judged: {
      rules: inForce.length + sourceRules.filter((rule) => policy.rules[rule.id]?.enabled !== false).length,
      resources: resources.length,
      policies: rego.reduce((sum, one) => sum + one.policies, 0),
    },
    failures: [...failures, ...rego.flatMap((one) => one.failures)].map((failure) => failure.toJSON()),
    places: resourcePlaces(index, resources, isObject(input.planJson) ? input.planJson : {}),
  };
}

function attempt<T>(failures: Problem[], act: () => T): T | undefined {
  try {
    return act();
  } catch (fault) {
    failures.push(asProblem(fault));
    return undefined;
  }
}

function asProblem(fault: unknown): Problem {
  if (fault instanceof Problem) return fault;
  const said = fault instanceof Error ? fault.message : String(fault);
  return problem("policy_unjudged", `The plan could not be judged: ${said}`, { cause: fault });
}

/** OPA's part is loaded only where there are policies. */
async function runRego(
  rego: RegoInput,
  input: JudgeInput,
  resources: readonly Resource[],
  failures: Problem[],
): Promise<RegoResult[]> {
  try {
    const { judgeByRego } = await import("../rego/judge-by-rego.ts");
    const { planJson, policyConfiguration } = input;
    const subject = { plan: planJson, resources, timeoutMs: policyConfiguration.rego.timeoutMs };
    return [await judgeByRego(rego, subject)];
  } catch (fault) {
    failures.push(asProblem(fault));
    return [];
  }
}

/** Loaded only where other scanners looked, too. */
async function withScanners(
  own: readonly Finding[],
  { findings }: ScannerRun,
  following: Following,
  resources: readonly Resource[],
  policy: EffectivePolicy,
): Promise<Finding[]> {
  const [{ mergeFindings }, { catalogue }] = await Promise.all([
    import("../scanners/merge.ts"),
    import("../rules/catalogue.ts"),
  ]);
  const severityOf = (id: string) => catalogue.find((rule) => rule.id === id)?.severity;
  const merged = mergeFindings(distinct(own), findings, { resources, index: following.index, policy, severityOf });
  return [...merged.own, ...merged.added.map((one) => place(following, one))];
}

/** `common.tfvars` first, so that the component's own win. */
function defaultVariableFiles(input: JudgeInput): string[] {
  const own = [...input.files.keys()].filter((path) => isVariablesFile(path));
  const weight = (path: string): number =>
    environmentOfFile(path) === undefined ? 0 : path.endsWith("/common.tfvars") ? 1 : 2;
  return own
    .filter((path) => [undefined, input.environment].includes(environmentOfFile(path)))
    .sort((left, right) => weight(left) - weight(right) || (left < right ? -1 : 1));
}

function place(following: Following, { finding, resource }: ResourceFinding, patches?: Patches): Finding {
  if (!resource) return finding;
  const located = locate(following.index, resource, finding.attribute);
  if (!located) return finding;
  const { rule, attribute, outcome } = finding;
  const patch = attribute === undefined || outcome === "unknown" ? undefined : patches?.of(rule, attribute, located);
  return { ...finding, place: located.place, chain: followToCause(following, located), ...(patch ? { patch } : {}) };
}

function lintFinding(hit: LintHit, policy: EffectivePolicy): Finding[] {
  const { rule, key, attribute } = hit;
  const own = policy.rules[rule.id];
  // A file that cannot be read is never waved through: that would let it hide everything else.
  if (own?.enabled === false && rule !== lintRules.syntax) return [];
  return [
    {
      fingerprint: fingerprint({ rule: rule.id, subject: `file:${hit.place.file}`, detail: key }),
      rule: rule.id,
      severity: rule === lintRules.syntax ? rule.severity : (own?.severity ?? rule.severity),
      category: rule.category,
      title: hit.title ?? rule.title,
      why: rule.why,
      fix: rule.fix,
      outcome: "fail",
      ...(attribute === undefined ? {} : { attribute }),
      place: hit.place,
      chain: [],
      source: "plumbline",
      controls: [...rule.controls],
    },
  ];
}

/** A credential among planned values. Where a file holds it as it is, the finding of that file says more. */
function plannedSecret(
  { resource, attribute, secret, value }: SecretInPlan,
  input: JudgeInput,
  policy: EffectivePolicy,
  files: ReadonlyMap<string, string>,
): ResourceFinding[] {
  const rule = ruleOf(secret);
  const own = policy.rules[rule.id];
  if (own?.enabled === false || [...files.values()].some((text) => text.includes(value))) return [];
  const { id, category, why, fix } = rule;
  const finding: Finding = {
    fingerprint: fingerprint({
      rule: id,
      subject: resource.address,
      attribute,
      detail: `${secret.kind} ${secretFingerprint(input.secretsKey, value) ?? ""}`,
    }),
    rule: id,
    severity: own?.severity ?? rule.severity,
    category,
    title: titleOf(secret, `${attribute} of ${resource.address}`),
    why,
    fix,
    outcome: "fail",
    address: resource.address,
    attribute,
    chain: [],
    source: "plumbline",
    controls: [],
  };
  return [{ resource, finding }];
}

/**
 * Elements of a list that nothing tells apart get one fingerprint; what fails stands for what is unknown, the worst for
 * the rest, the first of those.
 */
function distinct(findings: readonly Finding[]): Finding[] {
  const byFingerprint = new Map<string, Finding>();
  for (const finding of findings) {
    const same = byFingerprint.get(finding.fingerprint);
    if (!same || isWorse(finding, same)) byFingerprint.set(finding.fingerprint, finding);
  }
  return [...byFingerprint.values()];
}

function isWorse(finding: Finding, same: Finding): boolean {
  if (finding.outcome !== same.outcome) return finding.outcome === "fail";
  return finding.severity !== same.severity && worse(same.severity, finding.severity) === finding.severity;
}
