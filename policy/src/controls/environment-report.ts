import type { Rule } from "../rule.ts";
import type { Cloud } from "./account.ts";
import type { AppliedExtract } from "./applied-extract.ts";
import { controlReport } from "./report.ts";
import type { ControlState, Evidence, ReportedFinding } from "./report.ts";
import type { Control } from "./control.ts";

/** A workspace with what is applied there. */
export interface AppliedWorkspace extends AppliedExtract {
  name: string;
  environment: string;
  findings: readonly ReportedFinding[];
  /** Fingerprints of findings, and names of controls, that a waiver lets pass. */
  waived: ReadonlySet<string>;
}

/** How a control stands in one environment. */
export interface ControlStanding {
  state: ControlState;
  /** Resources that were judged and are well. */
  passing: number;
  /** What keeps it from passing, worst first; for a thing that has to exist, where it does. */
  evidence: Evidence[];
}

/** The account of a workspace; one that does not say where it stands is taken to stand in its environment's. */
export function accountIn(
  { accounts, environment }: Pick<AppliedWorkspace, "accounts" | "environment">,
  cloud: Cloud,
): string {
  return accounts[cloud] ?? environment;
}

/**
 * Judges each control in one environment; answers them in their order. `workspaces` are at least those of the environment
 * and all others in an account of one of these: what has to exist somewhere in an account may exist in a workspace of
 * another environment, and no further. A control about things that no workspace of the environment has is not in code there.
 */
export function environmentReport(
  controls: readonly Control[],
  cloud: Cloud,
  environment: string,
  workspaces: readonly AppliedWorkspace[],
  rules: readonly Pick<Rule, "id" | "resourceTypes">[],
): ControlStanding[] {
  const types = new Map(rules.map((rule) => [rule.id, rule.resourceTypes]));
  const members = workspaces.filter((one) => one.environment === environment);
  const own = new Set(members.map((member) => accountIn(member, cloud)));
  const judged = workspaces
    .map((one) => ({ one, account: accountIn(one, cloud) }))
    .filter(({ account }) => own.has(account))
    .map(({ one, account }) => ({
      workspace: one.name,
      account,
      resources: one.resources,
      ...(one.environment === environment
        ? { findings: one.findings, waived: one.waived }
        : { findings: [], waived: new Set<string>() }),
    }));
  const reports = controlReport(controls, judged);
  const counts = new Map<string, number>();
  for (const member of members)
    for (const [type, count] of Object.entries(member.types)) counts.set(type, (counts.get(type) ?? 0) + count);
  const isUsed = [...counts.keys()].some((type) => type.startsWith(`${cloud}_`));
  return controls.map((control, position) => {
    const results = reports.flatMap(({ results: all }) => all[position] ?? []);
    return isUsed ? standing(control, results, countOf(control, counts, types)) : notUsed;
  });
}

/** Where nothing of a cloud is applied, nothing has to exist there either. */
const notUsed: ControlStanding = { state: "not-in-code", passing: 0, evidence: [] };

/** Resources that the rules of a control look at. */
function countOf(
  { rules }: Control,
  counts: ReadonlyMap<string, number>,
  types: ReadonlyMap<string, readonly string[]>,
): number {
  const looked = new Set(rules.flatMap((rule) => types.get(rule) ?? []));
  return [...looked].reduce((sum, type) => sum + (counts.get(type) ?? 0), 0);
}

const worstFirst = ["fail", "unknown", "waived", "pass", "not-in-code"] as const satisfies readonly ControlState[];

function standing(
  control: Control,
  results: readonly { state: ControlState; evidence: readonly Evidence[] }[],
  resources: number,
): ControlStanding {
  const evidence = results.flatMap((result) => result.evidence);
  const state = worstFirst.find((one) => results.some((result) => result.state === one)) ?? "not-in-code";
  const isEmpty = state === "pass" && control.exists === undefined && resources === 0;
  const troubled = new Set(
    evidence.filter((one) => one.state !== "pass").map(({ workspace, address }) => `${workspace} ${address}`),
  );
  return { state: isEmpty ? "not-in-code" : state, passing: Math.max(0, resources - troubled.size), evidence };
}
