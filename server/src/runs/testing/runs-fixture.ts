import { Readable } from "node:stream";
import { blockingByDefault } from "@plumbline/contract";
import { parseWorkspaceName } from "@plumbline/contract/configuration/workspaces";
import type { ToolName } from "@plumbline/contract";
import { findComponent } from "@plumbline/contract/configuration/configuration";
import type { Configuration, Environment } from "@plumbline/contract/configuration/configuration";
import { afterAll } from "vitest";
import { fixedClock } from "../../platform/clock.ts";
import { openListener } from "../../platform/database/listen.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { openLog } from "../../platform/log.ts";
import { testDatabase } from "../../testing/test-database.ts";
import type { TestDatabase } from "../../testing/test-database.ts";
import { testSealing } from "../../testing/test-sealing.ts";
import { openBell } from "../bell.ts";
import type { RunListener, RunsContext } from "../runs-context.ts";

/** An organization with a repository, for tests of runs: real database, scripted repository. */
export interface RunsFixture {
  database: TestDatabase;
  context: RunsContext;
  clock: ReturnType<typeof fixedClock>;
  organizationId: string;
  repositoryId: string;
  /** What configurationAt answers; tests change it. */
  configuration: Configuration;
  /** Digests that count as approved. */
  approved: Set<string>;
  /** What listeners were told: "run 3 apply held". */
  told: string[];
  /** One transaction of the organization. */
  tx: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  workspace(name: string): Promise<string>;
  pullRequest(mergeSequence?: number): Promise<{ pullRequestId: string; patchSetId: string; number: number }>;
  /** A person who may be named in tables. */
  personId: string;
}

/** Makes it. Call it at the top level of a test file. */
export async function runsFixture(): Promise<RunsFixture> {
  const database = await testDatabase();
  const organizationId = await database.organization();
  const { newId, db } = database;
  const repositoryId = newId();
  const personId = newId();
  await database.sql(
    "insert into repositories (organization_id, repository_id, name, forge) values ($1, $2, 'shop', 'builtin')",
    [organizationId, repositoryId],
  );
  await database.sql(
    "insert into people (organization_id, person_id, name, display_name) values ($1, $2, 'dev', 'Dev')",
    [organizationId, personId],
  );
  const log = openLog({ level: "silent" });
  const listener = openListener(database.connections.application, log);
  const clock = fixedClock(new Date());
  const sealing = testSealing();
  const configuration: Configuration = {
    engine: { name: "terraform", version: "~> 1.10" },
    layers: ["platform", "application"],
    components: [],
    environments: ["dev", "test", "prod"].map(environment),
  };
  const approved = new Set<string>();
  const told: string[] = [];
  const approvals: RunListener = {
    async runsChanged(_tx, runs) {
      told.push(...runs.map((run) => `run ${run.number} ${run.kind} ${run.status}`));
    },
    async decideApply(_tx, _run, plan) {
      return approved.has(plan.digest) && plan.blocking === 0 ? "apply" : "hold";
    },
  };
  const bell = openBell(listener);
  const context: RunsContext = {
    db,
    listener,
    clock,
    newId,
    log,
    sealing,
    bell,
    gate: {
      // Everything is new here: what the severity says, goes.
      async weigh(_run, { judgement }) {
        if (judgement === null) return { findings: [], blocking: 1 };
        const bad = judgement.findings.filter(
          ({ outcome, severity }) => outcome === "fail" && blockingByDefault.includes(severity),
        );
        return { findings: judgement.findings, blocking: bad.length + judgement.failures.length };
      },
      standsNow: async (_tx, { blocking }) => blocking,
    },
    states: { db, clock, newId, sealing, maxStateBytes: 10_000_000 },
    listeners: [approvals],
    repositories: {
      readWorkspaceInput: async (request) => ({
        directory: `components/${request.component}`,
        entries: [{ path: `components/${request.component}/main.tf`, mode: "100644", blob: "0".repeat(40) }],
        varFiles: [],
        inputTree: `${request.component}@${request.codeCommit}`,
        engine: engineIn(configuration, request.component),
      }),
      streamWorkspaceArchive: async () => Readable.from([Buffer.alloc(1_024)]),
      readRules: async () => ({ policyConfiguration: null, rego: [], regoTests: [], organization: null }),
      proposedRules: async () => ({ policyConfiguration: null, rego: [], regoTests: [], organization: null }),
      configurationAt: async () => configuration,
      mainConfiguration: async () => configuration,
      fileAt: async () => null,
    },
    settings: {
      leaseSeconds: 30,
      phaseSeconds: 600,
      heldSeconds: 7 * 86_400,
      maxLogBytes: 1_000_000,
      maxPlanBytes: 1_000_000,
      retention: { logSeconds: null, planSeconds: null, appliedPlanSeconds: null },
    },
  };
  afterAll(async () => {
    bell.close();
    await listener.close();
  });
  const known = new Map<string, Promise<string>>();
  const insertWorkspace = async (name: string) => {
    const { component, environment } = parseWorkspaceName(name) ?? { component: name, environment: "" };
    const id = newId();
    await database.sql(
      `insert into workspaces (organization_id, workspace_id, repository_id, component, environment, layer, declared)
       values ($1, $2, $3, $4, $5, 'platform', true)`,
      [organizationId, id, repositoryId, component, environment],
    );
    return id;
  };
  let pullRequests = 0;
  return {
    database,
    context,
    clock,
    organizationId,
    repositoryId,
    configuration,
    approved,
    told,
    personId,
    tx: (work) => db.transaction(organizationId, work),
    workspace(name) {
      const made = known.get(name) ?? insertWorkspace(name);
      known.set(name, made);
      return made;
    },
    async pullRequest(mergeSequence) {
      const [pullRequestId, patchSetId] = [newId(), newId()];
      const number = ++pullRequests;
      await database.sql(
        `insert into pull_requests (organization_id, pull_request_id, number, repository_id, purpose, status, title, description, merge_sequence)
         values ($1, $2, $3, $4, 'change', 'open', 'A change', '', $5)`,
        [organizationId, pullRequestId, number, repositoryId, mergeSequence ?? null],
      );
      await database.sql(
        `insert into patch_sets (organization_id, patch_set_id, pull_request_id, number, commit_id, base_commit, changed_paths, problems, files_digest, commits)
         values ($1, $2, $3, 1, 'c', 'b', '[]', '[]', 'f', '[]')`,
        [organizationId, patchSetId, pullRequestId],
      );
      return { pullRequestId, patchSetId, number };
    },
  };
}

function engineIn(configuration: Configuration, component: string): { name: ToolName; constraint: string } {
  const { name, version } = findComponent(configuration, component)?.engine ?? configuration.engine;
  return { name, constraint: version };
}

function environment(name: string): Environment {
  return {
    name,
    path: `environments/${name}`,
    componentPins: [],
    approvals: 1,
    credentials: name,
    drift: { every: 60, components: [] },
    sealed: [],
    values: [],
    places: { environment: { file: `environments/${name}/environment.yaml`, line: 1 } },
  };
}
