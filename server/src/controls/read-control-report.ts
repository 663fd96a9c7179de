import { problem } from "@plumbline/contract";
import type {
  ControlCatalogue as CatalogueAnswer,
  ControlCounts,
  ControlReport,
  JudgedControl,
} from "@plumbline/contract";
import type { ControlCatalogue } from "@plumbline/policy/controls/control-catalogue";
import { nameOfControl } from "@plumbline/policy/controls/control";
import { controlCatalogues } from "@plumbline/policy/controls/all-catalogues";
import { environmentReport } from "@plumbline/policy/controls/environment-report";
import type { AppliedWorkspace, ControlStanding } from "@plumbline/policy/controls/environment-report";
import { catalogue as rules } from "@plumbline/policy/rules/catalogue";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { appliedFindings, appliedKey, waiversInForce } from "../findings/applied-findings.ts";
import type { AppliedFinding } from "../findings/applied-findings.ts";
import { workspaceRefs } from "../states/workspace-ref.ts";
import type { WorkspaceRef } from "../states/workspace-ref.ts";
import { appliedResources } from "./applied-resources.ts";
import type { ControlsContext } from "./controls-context.ts";

/** Evidence beyond this is left out of an answer; the counts say how much there is. */
const mostEvidence = 50;

/** All catalogues with how many controls stand how in each environment that the actor may read. */
export async function listControlCatalogues(
  context: ControlsContext,
  actor: Actor,
): Promise<{ items: CatalogueAnswer[] }> {
  authorize(actor, "environment.read");
  const { workspaces, order } = await readApplied(context, actor, undefined);
  return {
    items: controlCatalogues.map((catalogue) => {
      const standings = judge(catalogue, workspaces);
      const environments = order.map((name) => [name, countStates(standings.get(name) ?? [])] as const);
      const { slug, title, controls } = catalogue;
      return { slug, title, controls: controls.length, environments: Object.fromEntries(environments) };
    }),
  };
}

/** One catalogue, judged on what is applied in the workspaces that the actor may read. Throws `not_found`. */
export async function readControlReport(
  context: ControlsContext,
  actor: Actor,
  request: { catalogue: string; environment?: string | undefined },
): Promise<ControlReport> {
  authorize(actor, "environment.read", request.environment);
  const catalogue = controlCatalogues.find(({ slug }) => slug === request.catalogue);
  if (catalogue === undefined)
    throw problem(
      "not_found",
      `There is no catalogue “${request.catalogue.slice(0, 100)}”; there are ${controlCatalogues.map(({ slug }) => slug).join(", ")}.`,
    );
  const { workspaces, order } = await readApplied(context, actor, request.environment);
  const standings = judge(catalogue, workspaces);
  return {
    slug: catalogue.slug,
    title: catalogue.title,
    judgedAt: context.findings.clock.now().toISOString(),
    workspaces: workspaces.filter(({ environment }) => order.includes(environment)).length,
    environments: order.map((name) => ({ name, counts: countStates(standings.get(name) ?? []) })),
    controls: catalogue.controls.map(({ id, control }, position) => ({
      id,
      title: control.title,
      severity: control.severity,
      scope: control.scope,
      rules: [...control.rules],
      notInCode: control.notInCode ?? null,
      environments: Object.fromEntries(
        order.flatMap((name) => {
          const standing = standings.get(name)?.[position];
          return standing === undefined ? [] : [[name, present(standing)]];
        }),
      ),
    })),
  };
}

function judge(catalogue: ControlCatalogue, workspaces: readonly AppliedWorkspace[]): Map<string, ControlStanding[]> {
  const controls = catalogue.controls.map(({ control }) => control);
  return environmentReport(controls, catalogue.cloud, workspaces, rules);
}

/** What is applied where, and the environments to show in the order of promotion. */
async function readApplied(
  context: ControlsContext,
  actor: Actor,
  environment: string | undefined,
): Promise<{ workspaces: AppliedWorkspace[]; order: string[] }> {
  const { organizationId } = actor;
  const { db } = context.findings;
  const { refs, findings } = await db.transaction(organizationId, async (tx) => ({
    refs: (await workspaceRefs(tx)).filter((ref) => may(actor, "environment.read", ref.environment)),
    findings: await appliedFindings(tx),
  }));
  const waived = new Map<string, Awaited<ReturnType<typeof waiversInForce>>>();
  const order = new Set<string>();
  for (const repositoryId of new Set(refs.map((ref) => ref.repositoryId))) {
    waived.set(repositoryId, await waiversInForce(context.findings, { organizationId, repositoryId }));
    for (const name of await context.environments(organizationId, repositoryId)) order.add(name);
  }
  for (const ref of refs) order.add(ref.environment);
  const shown = new Set(refs.map((ref) => ref.environment));
  const workspaces: AppliedWorkspace[] = [];
  const waivedControls = controlsWaivedIn();
  for (const ref of refs) {
    const own = findings.get(appliedKey(ref)) ?? [];
    const resources = await db.transaction(organizationId, (tx) =>
      appliedResources(tx, context.states, context.resources, ref),
    );
    workspaces.push({
      name: ref.name,
      environment: ref.environment,
      resources,
      findings: own.map(toFinding),
      waived: waivedIn(ref, own, waived.get(ref.repositoryId), waivedControls),
    });
  }
  return {
    workspaces,
    order: [...order].filter((name) => shown.has(name) && (environment === undefined || name === environment)),
  };
}

/** Fingerprints of waived findings, and names of waived controls. */
function waivedIn(
  { environment }: WorkspaceRef,
  findings: readonly AppliedFinding[],
  isWaived: IsWaived | undefined,
  waivedControls: ReturnType<typeof controlsWaivedIn>,
): Set<string> {
  if (isWaived === undefined) return new Set();
  return new Set([
    ...findings.filter((finding) => isWaived(finding, environment)).map(({ fingerprint }) => fingerprint),
    ...waivedControls(isWaived, environment),
  ]);
}

type IsWaived = Awaited<ReturnType<typeof waiversInForce>>;

/** Names of the controls that a repository's waivers let pass in an environment; asked once for each. */
function controlsWaivedIn(): (isWaived: IsWaived, environment: string) => readonly string[] {
  const names = controlCatalogues.flatMap(({ controls }) => controls.map(({ control }) => nameOfControl(control)));
  const known = new Map<IsWaived, Map<string, readonly string[]>>();
  return (isWaived, environment) => {
    const ofRepository = known.get(isWaived) ?? new Map<string, readonly string[]>();
    known.set(isWaived, ofRepository);
    const found =
      ofRepository.get(environment) ??
      names.filter((name) => isWaived({ rule: name, address: null, file: null }, environment));
    ofRepository.set(environment, found);
    return found;
  };
}

function toFinding({
  fingerprint,
  rule,
  severity,
  title,
  address,
}: AppliedFinding): AppliedWorkspace["findings"][number] {
  return {
    fingerprint,
    rule,
    severity,
    title,
    category: "",
    why: "",
    fix: "",
    outcome: "fail",
    ...(address === null ? {} : { address }),
    chain: [],
    source: "plumbline",
    controls: [],
  };
}

function present({ state, passing, evidence }: ControlStanding): JudgedControl["environments"][string] {
  return {
    state,
    passing,
    evidence: evidence
      .slice(0, mostEvidence)
      .map(({ workspace, address, state: own, rule }) => ({ workspace, address, state: own, rule: rule ?? null })),
  };
}

function countStates(standings: readonly ControlStanding[]): ControlCounts {
  const count = (wanted: ControlStanding["state"]): number => standings.filter(({ state }) => state === wanted).length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    waived: count("waived"),
    unknown: count("unknown"),
    notInCode: count("not-in-code"),
  };
}
