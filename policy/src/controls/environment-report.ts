import type { Finding } from "@plumbline/contract/findings";
import type { Resource } from "../resources/resource.ts";
import type { Rule } from "../rule.ts";
import { accountOf } from "./account.ts";
import type { Cloud } from "./account.ts";
import { controlReport } from "./report.ts";
import type { ControlState, Evidence } from "./report.ts";
import type { Control } from "./control.ts";

/** A workspace with what is applied there. */
export interface AppliedWorkspace {
  name: string;
  environment: string;
  resources: readonly Resource[];
  findings: readonly Finding[];
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

/**
 * Judges each control in each environment. What has to exist somewhere in an account may exist in a workspace of another
 * environment of the same account. A control about things that no workspace of the environment has is not in code there.
 */
export function environmentReport(
  controls: readonly Control[],
  cloud: Cloud,
  workspaces: readonly AppliedWorkspace[],
  rules: readonly Pick<Rule, "id" | "resourceTypes">[],
): Map<string, ControlStanding[]> {
  const types = new Map(rules.map((rule) => [rule.id, rule.resourceTypes]));
  const accounts = new Map(workspaces.map((one) => [one, accountOf(one.resources, cloud)]));
  const environments = Map.groupBy(workspaces, ({ environment }) => environment);
  return new Map(
    [...environments].map(([environment, members]) => {
      const own = new Set(members.map((member) => accounts.get(member) ?? environment));
      const judged = workspaces
        .map((one) => ({ one, account: accounts.get(one) ?? one.environment }))
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
      const resources = members.flatMap((member) => member.resources);
      const isUsed = resources.some(({ type }) => type.startsWith(`${cloud}_`));
      return [
        environment,
        controls.map((control, position) => {
          const results = reports.flatMap(({ results: all }) => all[position] ?? []);
          return isUsed ? standing(control, results, countOf(control, resources, types)) : notUsed;
        }),
      ];
    }),
  );
}

/** Where nothing of a cloud is applied, nothing has to exist there either. */
const notUsed: ControlStanding = { state: "not-in-code", passing: 0, evidence: [] };

/** Resources that the rules of a control look at. */
function countOf(
  { rules }: Control,
  resources: readonly Resource[],
  types: ReadonlyMap<string, readonly string[]>,
): number {
  const looked = new Set(rules.flatMap((rule) => types.get(rule) ?? []));
  return resources.filter(({ type }) => looked.has(type)).length;
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
