import type { Finding } from "@plumbline/contract/findings";
import type { Resource } from "../resources/resource.ts";
import { evaluate } from "../vocabulary/evaluate.ts";
import { World } from "../vocabulary/world.ts";
import { nameOfControl } from "./control.ts";
import type { Control, Existence } from "./control.ts";

/** What of a finding decides how controls stand. */
export type ReportedFinding = Pick<Finding, "fingerprint" | "rule" | "outcome" | "address">;

/** What is known of one workspace: its last state or plan, and what was found in it. */
export interface ReportedWorkspace {
  /** Its name, as the evidence shall show it. */
  workspace: string;
  /** Key of the account, subscription or project it manages; workspaces with the same key are judged together. */
  account: string;
  /** Those that conditions of the controls read, at least. */
  resources: readonly Resource[];
  findings: readonly ReportedFinding[];
  /** Fingerprints of the findings, and names of the controls (`CIS AWS 5.0 4.1`), for which a waiver is in force. */
  waived: ReadonlySet<string>;
}

/** `unknown` is what can be told only after the next apply. */
export type ControlState = "pass" | "fail" | "waived" | "unknown" | "not-in-code";

/** What a state rests on: a finding's resource, or the one that had to exist. */
export interface Evidence {
  workspace: string;
  address: string;
  state: Exclude<ControlState, "not-in-code">;
  /** The rule that found it; missing where the resource is what the control asks for. */
  rule?: string;
}

export interface ControlResult {
  control: Control;
  state: ControlState;
  /** Worst first. */
  evidence: Evidence[];
}

export interface AccountReport {
  account: string;
  workspaces: string[];
  /** In the order of the controls. */
  results: ControlResult[];
}

/** Judges every control on each account, that is on the union of its workspaces. Accounts come in the order given. */
export function controlReport(controls: readonly Control[], workspaces: readonly ReportedWorkspace[]): AccountReport[] {
  return [...Map.groupBy(workspaces, ({ account }) => account)].map(([account, members]) => {
    const union = unionOf(members);
    const faulty = members.filter(({ findings }) => findings.length > 0);
    return {
      account,
      workspaces: members.map(({ workspace }) => workspace),
      results: controls.map((control) => judgeControl(control, { members, faulty }, union)),
    };
  });
}

const worstFirst = ["fail", "unknown", "waived", "pass"] as const satisfies readonly Evidence["state"][];

/** Workspaces of an account; `faulty` are those in which something was found. */
interface Judged {
  members: readonly ReportedWorkspace[];
  faulty: readonly ReportedWorkspace[];
}

function judgeControl(control: Control, { members, faulty }: Judged, union: Union): ControlResult {
  if (control.notInCode !== undefined) return { control, state: "not-in-code", evidence: [] };
  const name = nameOfControl(control);
  const found = faulty.flatMap((member) => evidenceOfRules(control, member, union));
  const existing = control.exists ? judgeExistence(control.exists, union) : { state: "pass" as const, evidence: [] };
  const evidence = [...found, ...existing.evidence].sort(
    (left, right) => worstFirst.indexOf(left.state) - worstFirst.indexOf(right.state),
  );
  const states = [existing.state, ...found.map(({ state }) => state)];
  const state = worstFirst.find((one) => states.includes(one)) ?? "pass";
  const isWaived = state !== "pass" && members.some(({ waived }) => waived.has(name));
  return { control, state: isWaived ? "waived" : state, evidence };
}

function evidenceOfRules(control: Control, member: ReportedWorkspace, union: Union): Evidence[] {
  const { workspace, findings, waived } = member;
  return findings
    .filter(({ rule }) => control.rules.includes(rule))
    .filter(({ address }) => isAbout(control, union.resourceAt.get(keyOf(workspace, address)), union))
    .map(({ rule, address = "", outcome, fingerprint }) => {
      const state = outcome === "unknown" ? "unknown" : waived.has(fingerprint) ? "waived" : "fail";
      return { workspace, address, rule, state };
    });
}

/** The part of the findings that the control asks about; one whose resource is not there counts. */
function isAbout({ counts }: Control, resource: Resource | undefined, { world }: Union): boolean {
  if (counts === undefined || resource === undefined) return true;
  return evaluate(counts, { resource, base: [], world, parameters: {} }).length > 0;
}

function keyOf(workspace: string, address = ""): string {
  return `${workspace} ${address}`;
}

/** All resources of an account, by type, and which workspace each is of. */
interface Union {
  world: World;
  byType: ReadonlyMap<string, readonly Resource[]>;
  workspaceOf: ReadonlyMap<Resource, string>;
  resourceAt: ReadonlyMap<string, Resource>;
}

/**
 * Two workspaces may have resources of the same address, and a reference in code means the one of its own workspace:
 * so each module is named after its workspace. Known values (names, ARNs) join over all of them.
 */
function unionOf(members: readonly ReportedWorkspace[]): Union {
  const workspaceOf = new Map<Resource, string>();
  for (const { workspace, resources } of members) {
    for (const resource of resources)
      workspaceOf.set({ ...resource, moduleAddress: `${workspace}/${resource.moduleAddress}` }, workspace);
  }
  const resources = [...workspaceOf.keys()];
  return {
    world: new World(resources),
    byType: Map.groupBy(resources, ({ type }) => type),
    workspaceOf,
    resourceAt: new Map(
      [...workspaceOf].map(([resource, workspace]) => [keyOf(workspace, resource.address), resource]),
    ),
  };
}

function judgeExistence(
  { resourceTypes, where }: Existence,
  { world, byType, workspaceOf }: Union,
): { state: "pass" | "unknown" | "fail"; evidence: Evidence[] } {
  const evidence: Evidence[] = [];
  for (const resource of resourceTypes.flatMap((type) => byType.get(type) ?? [])) {
    const matches = evaluate(where, { resource, base: [], world, parameters: {} });
    if (matches.length === 0) continue;
    const state = matches.some(({ outcome }) => outcome === "true") ? "pass" : "unknown";
    evidence.push({ workspace: workspaceOf.get(resource) ?? "", address: resource.address, state });
  }
  if (evidence.some(({ state }) => state === "pass"))
    return { state: "pass", evidence: evidence.filter(({ state }) => state === "pass") };
  return { state: evidence.length > 0 ? "unknown" : "fail", evidence };
}
