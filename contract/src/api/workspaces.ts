import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Severity } from "../findings.ts";
import { WorkspaceState } from "../workspace-status.ts";
import { Can, ClientQuery, Instant, page, PageQuery, WorkspaceParam } from "./common.ts";
import { PullRequest } from "./pull-requests.ts";
import { RunSummary } from "./runs.ts";

/** A workspace as a cell of the matrix and a row of the list. */
export const WorkspaceSummary = z
  .object({
    name: z.string(),
    repository: z.string(),
    component: z.string(),
    environment: z.string(),
    layer: z.string(),
    declared: z.boolean(),
    state: WorkspaceState,
    severity: Severity.nullable(),
    /** At most two lines: "41 resources", "Port 5432 is open to 0.0.0.0/0". */
    sentence: z.string(),
    resources: z.int(),
    verifiedAt: Instant.nullable(),
    overdue: z.boolean(),
    run: z.int().nullable(),
    pullRequest: z.int().nullable(),
    driftCase: z.int().nullable(),
    progress: z.object({ done: z.int(), total: z.int() }).nullable(),
    dependsOn: z.array(z.string()),
    /** The last seven days: how far out of line, oldest first. */
    lane: z.array(z.object({ from: Instant, to: Instant, severity: Severity.nullable() })),
  })
  .meta({ id: "WorkspaceSummary" });
export type WorkspaceSummary = z.infer<typeof WorkspaceSummary>;

export const StateVersion = z
  .object({
    version: z.int(),
    serial: z.int(),
    lineage: z.string(),
    size: z.int(),
    resources: z.int(),
    sha256: z.string(),
    run: z.int().nullable(),
    pullRequest: z.int().nullable(),
    createdAt: Instant,
  })
  .meta({ id: "StateVersion" });
export type StateVersion = z.infer<typeof StateVersion>;

export const Workspace = WorkspaceSummary.extend({
  /** Where code and values come from: main, or a pin. */
  pin: z
    .object({ ref: z.string(), label: z.string().nullable(), file: z.string(), line: z.int().nullable() })
    .nullable(),
  appliedCommit: z.string().nullable(),
  appliedAt: Instant.nullable(),
  frozen: z.object({ at: Instant, reason: z.string(), run: z.int().nullable() }).nullable(),
  engine: z.object({ name: z.string(), constraint: z.string() }),
  inputs: z.array(z.object({ variable: z.string(), from: z.string() })),
  dependents: z.array(z.string()),
  /** Which of its outputs other workspaces take. */
  outputsUsed: z.array(z.object({ output: z.string(), workspace: z.string() })),
  values: z.array(z.object({ file: z.string(), text: z.string() })),
  sealedVariables: z.array(
    z.object({ name: z.string(), component: z.string(), version: z.int().nullable(), setAt: Instant.nullable() }),
  ),
  credentials: z.string().nullable(),
  driftEverySeconds: z.int(),
  nextCheckAt: Instant.nullable(),
  /** The queue of apply runs that have not ended well. */
  queue: z.array(RunSummary),
  stateVersions: z.array(StateVersion),
  /** The open pull request that brings along the state of this workspace, which holds nothing yet. */
  stateProposedBy: z.int().nullable(),
  can: z.object({ checkDrift: Can, confirmStopped: Can, destroy: Can, readState: Can, importState: Can }),
}).meta({ id: "Workspace" });
export type Workspace = z.infer<typeof Workspace>;

export const listWorkspaces = endpoint({
  id: "listWorkspaces",
  method: "GET",
  path: "/api/v1/workspaces",
  auth: "person",
  tag: "workspaces",
  summary: "Workspaces the caller may see, in the order of promotion and dependency",
  query: ClientQuery.extend({
    repository: z.string().max(100).optional(),
    environment: z.string().max(200).optional(),
    state: WorkspaceState.optional(),
    search: z.string().max(200).optional().describe("Only those whose names hold each of these words"),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  /** `total` and `inSync` count all that are found, on every page. */
  response: page(WorkspaceSummary).extend({ total: z.int(), inSync: z.int() }),
});

export const getWorkspace = endpoint({
  id: "getWorkspace",
  method: "GET",
  path: "/api/v1/workspaces/:workspace",
  auth: "person",
  tag: "workspaces",
  summary: "A workspace: where it stands, its values, its state versions",
  params: WorkspaceParam,
  response: Workspace,
});

export const confirmStopped = endpoint({
  id: "confirmStopped",
  method: "POST",
  path: "/api/v1/workspaces/:workspace/confirm-stopped",
  auth: "person",
  tag: "workspaces",
  summary:
    "Confirm that nothing of an unknown run is still running: ends its lease, plans again and holds what is left to do",
  params: WorkspaceParam,
  body: z.object({ statement: z.string().min(10, "Say in a sentence what you checked").max(500) }),
  response: Workspace,
});

export const listStateVersions = endpoint({
  id: "listStateVersions",
  method: "GET",
  path: "/api/v1/workspaces/:workspace/state-versions",
  auth: "person",
  tag: "states",
  summary: "State versions, newest first",
  params: WorkspaceParam,
  query: PageQuery,
  response: page(StateVersion),
});

export const downloadState = endpoint({
  id: "downloadState",
  method: "GET",
  path: "/api/v1/workspaces/:workspace/state",
  auth: "person",
  tag: "states",
  summary:
    "The state itself (an audited read); the newest version, or ?version=N. terraform's http backend can read here",
  params: WorkspaceParam,
  query: z.object({ version: z.coerce.number().int().positive().optional() }),
  produces: "application/json",
});

export const diffStates = endpoint({
  id: "diffStates",
  method: "GET",
  path: "/api/v1/workspaces/:workspace/state-diff",
  auth: "person",
  tag: "states",
  summary: "What differs between two state versions, by resource, sensitive values redacted",
  params: WorkspaceParam,
  query: z.object({ from: z.coerce.number().int().nonnegative(), to: z.coerce.number().int().positive() }),
  response: z.object({
    from: z.int(),
    to: z.int(),
    resources: z.array(
      z.object({
        address: z.string(),
        action: z.enum(["added", "removed", "changed"]),
        attributes: z.array(
          z.object({
            path: z.string(),
            before: z.string().nullable(),
            after: z.string().nullable(),
            sensitive: z.boolean(),
          }),
        ),
      }),
    ),
  }),
});

/** A sealed variable: its versions, never its value. */
export const SealedVariable = z
  .object({
    environment: z.string(),
    component: z.string(),
    name: z.string(),
    versions: z.array(z.object({ version: z.int(), setBy: z.string(), setAt: Instant })),
    /** What sealed.yaml on main names; null: no version is in use. */
    used: z.int().nullable(),
  })
  .meta({ id: "SealedVariable" });
export type SealedVariable = z.infer<typeof SealedVariable>;

export const listVariables = endpoint({
  id: "listVariables",
  method: "GET",
  path: "/api/v1/variables",
  auth: "person",
  tag: "variables",
  summary: "Sealed variables and their versions",
  query: z.object({ repository: z.string().max(100), environment: z.string().max(200).optional() }),
  response: z.object({ items: z.array(SealedVariable) }),
});

export const setVariable = endpoint({
  id: "setVariable",
  method: "POST",
  path: "/api/v1/variables",
  auth: "person",
  tag: "variables",
  summary: "Store a new version of a sealed variable and open the pull request that puts it in use",
  body: z.object({
    repository: z.string().max(100),
    environment: z.string().max(200),
    component: z.string().max(100).describe("A component's name, or common"),
    name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/),
    value: z.string().max(65_536),
    ticket: z.string().max(200).optional(),
  }),
  /** `pullRequest` is null where the repository has no commit yet or the reference already names this version. */
  response: z.object({ version: z.int(), pullRequest: PullRequest.nullable() }),
});

export const Credential = z
  .object({
    name: z.string(),
    phase: z.enum(["plan", "apply"]),
    variables: z.array(z.string()),
    updatedBy: z.string(),
    updatedAt: Instant,
  })
  .meta({ id: "Credential" });
export type Credential = z.infer<typeof Credential>;

export const listCredentials = endpoint({
  id: "listCredentials",
  method: "GET",
  path: "/api/v1/credentials",
  auth: "person",
  tag: "credentials",
  summary: "Credentials by name and phase, with the names of what they set",
  response: z.object({ items: z.array(Credential) }),
});

export const setCredential = endpoint({
  id: "setCredential",
  method: "PUT",
  path: "/api/v1/credentials/:name/:phase",
  auth: "person",
  tag: "credentials",
  summary: "Set the environment variables of one phase's credential",
  params: z.object({ name: z.string().regex(/^[a-z0-9][a-z0-9/_-]{0,99}$/), phase: z.enum(["plan", "apply"]) }),
  body: z.object({ variables: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/), z.string().max(65_536)) }),
  response: Credential,
});
