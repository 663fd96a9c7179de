import type {
  AffectedWorkspace,
  DriftCase,
  Finding,
  GateCondition,
  PlanCounts,
  PlanView,
  PullRequest,
  ResourceView,
  Run,
  RunSummary,
  WorkspacePlan,
} from "@plumbline/contract";

const at = "2026-11-22T07:00:00.000Z";
const yes = { allowed: true, reason: null };
const dev = { name: "dev", displayName: "Dee Veloper" };
const id = "01938c5e-0000-7000-8000-000000000001";

export const counts: PlanCounts = {
  add: 1,
  change: 2,
  replace: 0,
  destroy: 0,
  import: 0,
  move: 0,
  forget: 0,
  outside: 0,
};

const resource: ResourceView = {
  address: "lab_database.main",
  mode: "managed",
  type: "lab_database",
  name: "main",
  action: "update",
  actions: ["update"],
  replacePaths: [],
  importing: false,
  place: { file: "components/database/main.tf", line: 10 },
  attributes: [
    {
      path: "public",
      change: "change",
      before: { kind: "value", text: "false" },
      after: { kind: "value", text: "true" },
      replaces: false,
      line: 12,
    },
    {
      path: "password",
      change: "change",
      before: { kind: "sensitive" },
      after: { kind: "sensitive" },
      replaces: false,
    },
  ],
  unchanged: 4,
  hidden: 0,
};

const plan: PlanView = {
  version: 1,
  engineVersion: "1.11.0",
  counts,
  changes: true,
  complete: true,
  errored: false,
  resources: [resource],
  outputs: [],
  outside: [],
  hidden: { resources: 0, outputs: 0, outside: 0 },
};

const finding: Finding = {
  fingerprint: "f1",
  rule: "public-database",
  severity: "critical",
  category: "exposure",
  title: "The database is reachable from everywhere",
  why: "Anybody can try passwords.",
  fix: "Set public = false.",
  outcome: "fail",
  address: "lab_database.main",
  attribute: "public",
  place: { file: "components/database/main.tf", line: 12, column: 3 },
  chain: [],
  source: "plumbline",
  controls: [],
};

const condition: GateCondition = {
  id: "owner:components/database/main.tf",
  kind: "owner",
  met: false,
  title: "An owner of components/database approves",
  detail: "Nobody has approved yet.",
  who: ["owner", "owner2"],
  file: "CODEOWNERS",
  line: 4,
};

const affected: AffectedWorkspace = {
  workspace: "database/prod",
  component: "database",
  environment: "prod",
  layer: "shared",
  position: 1,
  relation: "changed",
  run: 12,
  runStatus: "finished",
  line: "Planned in 2.1 s",
  provisional: false,
  digest: "d1",
  counts,
  findings: { critical: 1, high: 0, medium: 0, low: 0 },
  blocking: 1,
  applyRun: null,
  applyStatus: null,
  later: null,
};

/** A pull request that waits for an approval. */
export function pullRequest(changes: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 128,
    repository: "shop-infrastructure",
    title: "Open the database",
    purpose: "change",
    status: "open",
    state: "blocked",
    sentence: "One critical finding blocks; dev mends it with a new push.",
    openedBy: dev,
    openedAt: at,
    updatedAt: at,
    ticket: "OPS-1",
    ticketUrl: null,
    patchSet: 1,
    environments: ["prod"],
    workspaces: 1,
    counts,
    worst: "critical",
    waitsForMe: true,
    description: "",
    patchSets: [
      {
        number: 1,
        commit: "8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812",
        base: "0c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812",
        pushedBy: dev,
        at,
        commits: [],
        conflicts: [],
        problems: [],
      },
    ],
    affected: [affected],
    gate: [condition],
    approvals: [],
    contributors: [],
    mergeCommit: null,
    mergedBy: null,
    mergedAt: null,
    reverts: null,
    revertedBy: null,
    driftCase: null,
    can: { approve: yes, merge: yes, revert: yes, close: yes, replan: yes, comment: yes },
    ...changes,
  };
}

/** The plan of its one workspace. */
export function workspacePlan(changes: Partial<WorkspacePlan> = {}): WorkspacePlan {
  return {
    workspace: "database/prod",
    run: 12,
    digest: "d1",
    plan,
    findings: [finding],
    judgementFailures: [],
    text: null,
    ...changes,
  };
}

/** A run in a list. */
export function runSummary(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    number: 12,
    kind: "apply",
    status: "running",
    phase: "apply",
    reason: null,
    workspace: "database/prod",
    repository: "shop-infrastructure",
    environment: "prod",
    component: "database",
    pullRequest: 128,
    attempt: 1,
    provisional: false,
    destroy: false,
    counts,
    blocking: 0,
    digest: "d1",
    createdAt: at,
    startedAt: at,
    finishedAt: null,
    ...changes,
  };
}

/** A run. */
export function run(changes: Partial<Run> = {}): Run {
  return {
    ...runSummary(),
    phases: [
      {
        phase: "fetch",
        outcome: "ok",
        line: "12 files",
        startedAt: at,
        seconds: 0.12,
        cpuSeconds: 0.1,
      },
    ],
    next: null,
    codeCommit: "8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812",
    valuesCommit: "8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812",
    engine: { name: "terraform", constraint: ">= 1.6", version: "1.11.0", stateWrittenBy: null },
    inputs: [{ variable: "vpc_id", from: "platform:network/prod.vpc_id", stateVersion: 3 }],
    runner: "runner-1",
    stateVersionBefore: 3,
    stateVersionAfter: null,
    plan,
    planText: null,
    findings: [],
    judgementFailures: [],
    overridden: [],
    progress: null,
    operations: [],
    error: null,
    approvedRun: null,
    can: { cancel: yes, retry: yes, approve: yes },
    ...changes,
  };
}

/** A drift case that is open. */
export function driftCase(changes: Partial<DriftCase> = {}): DriftCase {
  return {
    number: 57,
    workspace: "database/prod",
    repository: "shop-infrastructure",
    environment: "prod",
    status: "open",
    severity: "critical",
    title: "Port 5432 is open to 0.0.0.0/0",
    openedAt: at,
    lastCleanAt: at,
    lastSeenAt: at,
    closedAt: null,
    owners: ["owner"],
    pullRequest: null,
    resources: 1,
    changes: [resource],
    findings: [],
    openedRun: 40,
    lastRun: 41,
    closedRun: null,
    timeline: [{ at, text: "found", actor: "plumbline" }],
    sentence: "owner reverts it.",
    can: { revert: yes },
    ...changes,
  };
}

/** Details of an API token. */
export const apiToken = {
  id,
  name: "plumb",
  scopes: ["all" as const],
  createdAt: at,
  expiresAt: "2027-02-20T07:00:00.000Z",
  lastUsedAt: null,
  revokedAt: null,
};

/** The person who asks. */
export const me = {
  organization: "acme",
  name: "dev",
  displayName: "Dee Veloper",
  email: "dev@acme.example",
  roles: [
    { role: "reader" as const, environments: "*" },
    { role: "proposer" as const, environments: "prod" },
  ],
  via: "token" as const,
};
