import { setImmediate as breathe } from "node:timers/promises";
import { problem } from "@plumbline/contract";
import type {
  ControlCatalogue as CatalogueAnswer,
  ControlCounts,
  ControlReport,
  JudgedControl,
} from "@plumbline/contract";
import type { ControlCatalogue } from "@plumbline/policy/controls/control-catalogue";
import { controlCatalogues } from "@plumbline/policy/controls/all-catalogues";
import { environmentReport } from "@plumbline/policy/controls/environment-report";
import type { AppliedWorkspace, ControlStanding } from "@plumbline/policy/controls/environment-report";
import { catalogue as rules } from "@plumbline/policy/rules/catalogue";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appliedEnvironments } from "./applied-environments.ts";
import type { ControlsContext } from "./controls-context.ts";

/** Evidence beyond this is left out of an answer; the counts say how much there is. */
const mostEvidence = 50;

/** All catalogues with how many controls stand how in each environment that the actor may read. */
export async function listControlCatalogues(
  context: ControlsContext,
  actor: Actor,
): Promise<{ items: CatalogueAnswer[] }> {
  authorize(actor, "environment.read");
  const counts = controlCatalogues.map(() => new Map<string, ControlCounts>());
  for await (const { name, workspaces } of appliedEnvironments(context, actor, undefined))
    for (const [position, catalogue] of controlCatalogues.entries()) {
      counts[position]?.set(name, countStates(judge(catalogue, name, workspaces)));
      await breathe();
    }
  return {
    items: controlCatalogues.map(({ slug, title, controls }, position) => ({
      slug,
      title,
      controls: controls.length,
      environments: Object.fromEntries(counts[position] ?? []),
    })),
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
  const judged: { name: string; standings: ControlStanding[] }[] = [];
  let count = 0;
  for await (const { name, workspaces } of appliedEnvironments(context, actor, request.environment)) {
    judged.push({ name, standings: judge(catalogue, name, workspaces).map(shorten) });
    count += workspaces.filter(({ environment }) => environment === name).length;
  }
  return {
    slug: catalogue.slug,
    title: catalogue.title,
    judgedAt: context.findings.clock.now().toISOString(),
    workspaces: count,
    environments: judged.map(({ name, standings }) => ({ name, counts: countStates(standings) })),
    controls: catalogue.controls.map(({ id, control }, position) => ({
      id,
      title: control.title,
      severity: control.severity,
      scope: control.scope,
      rules: [...control.rules],
      notInCode: control.notInCode ?? null,
      environments: Object.fromEntries(
        judged.flatMap(({ name, standings }) => {
          const standing = standings[position];
          return standing === undefined ? [] : [[name, present(standing)]];
        }),
      ),
    })),
  };
}

function judge(
  catalogue: ControlCatalogue,
  environment: string,
  workspaces: readonly AppliedWorkspace[],
): ControlStanding[] {
  const controls = catalogue.controls.map(({ control }) => control);
  return environmentReport(controls, catalogue.cloud, environment, workspaces, rules);
}

function shorten(standing: ControlStanding): ControlStanding {
  return { ...standing, evidence: standing.evidence.slice(0, mostEvidence) };
}

function present({ state, passing, evidence }: ControlStanding): JudgedControl["environments"][string] {
  return {
    state,
    passing,
    evidence: evidence.map(({ workspace, address, state: own, rule }) => ({
      workspace,
      address,
      state: own,
      rule: rule ?? null,
    })),
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
