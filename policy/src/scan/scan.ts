import { createHash } from "node:crypto";
import type { ProblemBody } from "@plumbline/contract/errors";
import type { Finding } from "@plumbline/contract/findings";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { judgePlan } from "../judging/judge-plan.ts";
import type { JudgeInput, Judgement } from "../judging/judgement.ts";
import { lintRules } from "../lint/lint-rules.ts";
import type { Hidden } from "../resources/known-in-part.ts";
import { planSources } from "./plan-sources.ts";
import type { EvaluateSources, EvaluatedSources } from "./plan-sources.ts";
import { findRootModules, homeOf } from "./root-modules.ts";
import type { ScanOptions, ScanSubject } from "./scan-input.ts";
import type { ScanExtent, ScanFailure, ScanReport, ScanUnknown } from "./scan-report.ts";
import { startScanners } from "./scan-scanners.ts";
import { isSource, variableFilesOf } from "./source-files.ts";
import { summarize } from "./summarize.ts";
import { unknownOnce } from "./unknown-once.ts";
import { unknownProviders } from "./unknown-providers.ts";

/** Names that environments usually have; used where the tree has no `environments/` that tells them. */
const usualEnvironments = ["dev", "test", "qa", "uat", "stage", "staging", "prod", "production"];

/**
 * Scans by itself, without server, network or configuration: a plan, a state, or every root module of a directory, whose
 * values are then evaluated from the sources. Never throws for what is in the subject.
 */
export async function scan(subject: ScanSubject, options: ScanOptions = {}): Promise<ScanReport> {
  const judged: ScanExtent = { rules: 0, resources: 0, policies: 0, files: 0 };
  const findings = new Map<string, Finding>();
  const failures: ScanFailure[] = [...(options.failures ?? [])];
  const unknowns: ScanUnknown[] = [];
  judged.files = [...subject.files.keys()].filter(isSource).length;
  const scanners = startScanners(subject, options);
  for await (const part of partsOf(subject, options)) {
    const input = toJudgeInput(part, subject, options);
    const scanned = scanners ? { scanned: scanners.forFiles(part.files) } : {};
    const judgement = await judgePlan({ ...input, ...scanned }, options.rules);
    judged.rules = Math.max(judged.rules, judgement.judged.rules);
    judged.policies = Math.max(judged.policies, judgement.judged.policies);
    judged.resources += judgement.judged.resources;
    for (const finding of distinguish(judgement, part.alone ? undefined : part.root))
      findings.set(finding.fingerprint, finding);
    unknowns.push(...part.unknowns, ...unknownProviders(part.plan, judgement.places ?? {}));
    failures.push(...part.failures, ...judgement.failures.map(toFailure));
  }
  for (const finding of (await scanners?.rest()) ?? []) findings.set(finding.fingerprint, finding);
  failures.push(...(scanners?.failures ?? []));
  return summarize({
    path: subject.path,
    kind: subject.kind,
    environment: options.environment ?? null,
    failOn: options.failOn ?? "high",
    findings: subject.files.size === 0 ? unknownOnce([...findings.values()]) : [...findings.values()],
    judged,
    failures: unique(failures).filter((failure) => !isTold(failure, findings.values())),
    unknowns: unique(unknowns),
  });
}

/** One root module to judge. */
interface Part {
  root: string;
  plan: unknown;
  files: ReadonlyMap<string, string>;
  /** Other files that lie with them. */
  texts: ReadonlyMap<string, string>;
  variableFiles: readonly string[];
  failures: readonly ScanFailure[];
  unknowns: readonly ScanUnknown[];
  hidden?: Hidden;
  /** It is the only one, so that addresses tell resources apart. */
  alone: boolean;
}

/** One after the other, since the values of a large tree take room. */
async function* partsOf(
  subject: ScanSubject,
  { environment = "", evaluate = evaluateSources }: ScanOptions,
): AsyncGenerator<Part> {
  const paths = [...subject.files.keys()];
  if (subject.kind !== "directory") {
    const root = subject.root ?? ".";
    const variableFiles = variableFilesOf(paths, root, environment);
    const texts = new Map([...subject.files].filter(([path]) => !isSource(path)));
    const { plan, files } = subject;
    yield { root, plan, files, texts, variableFiles, failures: [], unknowns: [], alone: true };
    return;
  }
  const readByThem = [...subject.files].filter(([path]) => !isSource(path));
  const roots = findRootModules(subject.files);
  const homes = Map.groupBy(readByThem, ([path]) => homeOf(path, roots)?.directory);
  for (const { directory, files } of roots) {
    const variableFiles = variableFilesOf(paths, directory, environment);
    for (const path of variableFiles) files.set(path, subject.files.get(path) ?? "");
    const readable = new Map([...readByThem, ...files]);
    const planned = await planSources(evaluate, readable, { root: directory, variableFiles });
    const texts = new Map(homes.get(directory));
    yield { root: directory, files, texts, variableFiles, alone: roots.length === 1, ...planned };
  }
}

/** Loaded only where a directory is scanned. */
async function evaluateSources(...given: Parameters<EvaluateSources>): Promise<EvaluatedSources> {
  const { evaluateDirectory } = await import("../evaluation/evaluate-directory.ts");
  return evaluateDirectory(...given);
}

function toJudgeInput(part: Part, subject: ScanSubject, options: ScanOptions): JudgeInput {
  return {
    planJson: part.plan,
    files: part.files,
    texts: part.texts,
    ...(subject.kind === "directory" ? { paths: [...subject.files.keys()] } : {}),
    componentPath: part.root,
    variableFiles: part.variableFiles,
    environment: options.environment ?? "",
    layer: "",
    environments: environmentsOf(subject.files.keys()),
    policyConfiguration: options.policyConfiguration ?? defaultPolicyConfiguration,
    ...(part.hidden ? { hidden: part.hidden } : {}),
    ...(options.rego ? { rego: options.rego } : {}),
  };
}

function environmentsOf(paths: Iterable<string>): readonly string[] {
  const named = new Set([...paths].flatMap((path) => /(?:^|\/)environments\/([^/]+)\//.exec(path)?.[1] ?? []));
  return named.size > 0 ? [...named] : usualEnvironments;
}

/** The same address in two root modules is two resources; the same place in a shared file is one. */
function distinguish(judgement: Judgement, root: string | undefined): Finding[] {
  if (root === undefined) return judgement.findings;
  return judgement.findings.map((finding) =>
    finding.address === undefined
      ? finding
      : { ...finding, fingerprint: createHash("sha256").update(`${root}\n${finding.fingerprint}`).digest("hex") },
  );
}

/** A fault of syntax that is a finding already need not be told twice. */
function isTold({ places }: ScanFailure, findings: Iterable<Finding>): boolean {
  const [place] = places;
  return (
    place !== undefined &&
    [...findings].some(
      (finding) =>
        finding.rule === lintRules.syntax.id && finding.place?.file === place.file && finding.place.line === place.line,
    )
  );
}

function toFailure({ detail, next, places = [] }: ProblemBody): ScanFailure {
  return { message: detail, next, places };
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
