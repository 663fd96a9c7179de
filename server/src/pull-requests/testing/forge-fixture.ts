import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Finding, PlanCounts, PullRequest, Role } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { parsePlan } from "@plumbline/engine/plans/plan";
import Fastify from "fastify";
import { afterAll, beforeAll } from "vitest";
import type { Actor } from "../../access/actor.ts";
import { openBuiltinForge } from "../../forges/builtin/builtin-forge.ts";
import type { FindingsContext } from "../../findings/findings-context.ts";
import { rememberFindings } from "../../findings/remember-findings.ts";
import { findingGate } from "../../findings/weigh-plan.ts";
import { openGit } from "../../forges/builtin/git.ts";
import { gitHttpRoutes } from "../../forges/builtin/git-http.ts";
import { systemClock } from "../../platform/clock.ts";
import { openListener } from "../../platform/database/listen.ts";
import { inTurn } from "../../platform/in-turn.ts";
import { openLog } from "../../platform/log.ts";
import { createRepository } from "../../repositories/create-repository.ts";
import { findRepository } from "../../repositories/find-repository.ts";
import { repositoryAccess } from "../../repositories/repository-access.ts";
import { repositoryCaches } from "../../repositories/repository-reader.ts";
import { judgedUnder, policiesDigest } from "../../repositories/policies-digest.ts";
import { versionToPlan } from "../../states/proposed-state.ts";
import { openBell } from "../../runs/bell.ts";
import { releaseRuns } from "../../runs/queue/release-runs.ts";
import { checkInputOf } from "../../runs/runner-calls/check-input.ts";
import { findRuns, runById } from "../../runs/run-queries.ts";
import type { RunRecord } from "../../runs/run-queries.ts";
import type { RunsContext } from "../../runs/runs-context.ts";
import { stockClone } from "../../testing/stock-git.ts";
import type { Clone } from "../../testing/stock-git.ts";
import { testDatabase } from "../../testing/test-database.ts";
import { testSealing } from "../../testing/test-sealing.ts";
import { bindRuns } from "../bind-runs.ts";
import { judgePush } from "../pushing/judge-push.ts";
import { listenToRuns } from "../listen-to-runs.ts";
import { getPullRequest } from "../list-pull-requests.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { Notice } from "../../notifications/notify.ts";
import { storeState } from "./store-state.ts";

/** How a scripted plan comes out. */
export interface ScriptedPlan {
  digest?: string;
  counts?: Partial<PlanCounts>;
  /** As the checks found them; they are weighed as for a real runner. */
  findings?: Finding[];
  /** The `resource_changes` of the plan's JSON, by which it is seen what is touched. */
  changes?: object[];
}

const noChanges: PlanCounts = { add: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, outside: 0 };

/**
 * An organization with people, a repository on the built-in forge behind real HTTP, real runs in a real database; only
 * the runner is scripted: `plan` and `apply` end runs as a runner's reports would.
 */
export async function forgeFixture() {
  const database = await testDatabase();
  const organizationId = await database.organization();
  const { db, newId } = database;
  const dataDir = await mkdtemp(join(tmpdir(), "plumbline-forge-"));
  const log = openLog({ level: "silent" });
  const git = openGit("git");
  const listener = openListener(database.connections.application, log);
  const bell = openBell(listener);
  const forge = await openBuiltinForge({ git, dataDir, publicUrl: "http://plumbline.example" });
  const sealing = testSealing();
  const repositories = { db, forge, clock: systemClock, newId, caches: repositoryCaches() };
  const notices: Notice[] = [];
  const findings: FindingsContext = {
    ...repositories,
    log,
    notify: async (_tx, _organizationId, notice) => void notices.push(notice),
  };
  const runs: RunsContext = {
    db,
    listener,
    clock: systemClock,
    newId,
    log,
    sealing,
    bell,
    gate: findingGate(findings),
    states: { db, clock: systemClock, newId, sealing, maxStateBytes: 10_000_000 },
    listeners: [],
    repositories: repositoryAccess(repositories),
    settings: {
      leaseSeconds: 30,
      phaseSeconds: 600,
      heldSeconds: 604_800,
      maxLogBytes: 1e6,
      maxPlanBytes: 1e6,
      retention: { logSeconds: null, planSeconds: null, appliedPlanSeconds: null },
    },
  };
  const context: PullRequestsContext = {
    ...repositories,
    sealing,
    states: runs.states,
    runs: bindRuns(runs),
    log,
    notify: async (_tx, _organizationId, notice) => void notices.push(notice),
    merges: inTurn(),
    publicUrl: "http://plumbline.example",
    git: { maxFileBytes: 1024 * 1024, maxFiles: 2_000 },
  };
  runs.listeners.push(listenToRuns(context), rememberFindings(findings));

  const people = new Map<string, Actor>();
  const person = async (name: string, ...roles: [Role, string][]): Promise<Actor> => {
    const id = newId();
    const bindings = roles.map(([role, environments]) => ({ role, environments }));
    await database.sql(
      "insert into people (organization_id, person_id, name, display_name, email) values ($1, $2, $3, $3, $3 || '@acme.example')",
      [organizationId, id, name],
    );
    await database.sql(
      "insert into person_addresses (organization_id, person_id, address) values ($1, $2, $3 || '@acme.example')",
      [organizationId, id, name],
    );
    for (const { role, environments } of bindings)
      await database.sql(
        "insert into role_bindings (organization_id, person_id, role, environments) values ($1, $2, $3, $4)",
        [organizationId, id, role, environments],
      );
    const actor: Actor = {
      kind: "person",
      organizationId,
      organization: "acme",
      id,
      name,
      displayName: name,
      email: `${name}@acme.example`,
      roles: bindings,
      scopes: null,
      via: "session",
    };
    people.set(name, actor);
    return actor;
  };
  const dev = await person("dev", ["proposer", "*"], ["reader", "*"]);
  const dev2 = await person("dev2", ["proposer", "*"], ["reader", "*"]);
  const owner = await person("owner", ["reader", "*"]);
  const owner2 = await person("owner2", ["reader", "*"]);
  const platform = await person("platform", ["administrator", "*"], ["approver", "*"], ["proposer", "*"]);
  const reader = await person("reader", ["reader", "*"]);
  const { repositoryId } = await createRepository(repositories, platform, "shop");

  const app = Fastify();
  const failures: unknown[] = [];
  const clones: Clone[] = [];
  let base = "";
  beforeAll(async () => {
    await gitHttpRoutes(app, {
      forge,
      git,
      log: { ...log, error: (_message, fields) => void failures.push(fields?.error) },
      maxPushBytes: 20 * 1024 * 1024,
      authenticate: async (_organization, name) => {
        const actor = people.get(name);
        if (actor === undefined) throw problem("wrong_credentials", "Nobody.");
        return actor;
      },
      find: (actor, name) => findRepository(context, actor, name),
      judge: (push) => judgePush(context, push),
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    const address = app.server.address();
    base = `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/git/acme`;
  });
  afterAll(async () => {
    await app.close();
    forge.close();
    bell.close();
    await listener.close();
    for (const clone of clones) await clone.remove();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Ends a run as its runner would have, and lets everything follow. */
  const finish = async (run: RunRecord, status: "finished" | "failed" | "held", plan: ScriptedPlan, more = "") => {
    const counts = { ...noChanges, change: 1, ...plan.counts };
    const json = Buffer.from(JSON.stringify({ format_version: "1.2", resource_changes: plan.changes ?? [] }));
    const judgement = {
      findings: plan.findings ?? [],
      judged: { rules: 1, resources: 1, policies: 0 },
      failures: [],
    };
    const weighed = await runs.gate.weigh(run, { judgement, plan: parsePlan(json), json });
    await database.sql(
      `update runs set status = $2, policies_digest = $7, plan_digest = coalesce($3, plan_digest), plan_counts = $4, findings = $5, blocking = $6,
         plan_epoch = epoch, plan_sha256 = 'f', started_at = now(), finished_at = ${status === "held" ? "null" : "now()"} ${more} where run_id = $1`,
      [
        run.id,
        status,
        plan.digest ?? null,
        JSON.stringify(counts),
        JSON.stringify(weighed.findings),
        weighed.blocking,
        judgedUnder(policiesDigest(await checkInputOf(runs, run)), run.workspace),
      ],
    );
    await db.transaction(organizationId, async (tx) => {
      const ended = await runById(tx, run.id);
      for (const one of runs.listeners) await one.runsChanged(tx, [ended]);
      await releaseRuns(tx, runs, organizationId);
    });
  };
  const queued = (kind: "plan" | "apply") =>
    db.transaction(organizationId, async (tx) => (await findRuns(tx, { kind, status: ["queued"] })).toReversed());

  return {
    database,
    context,
    runs,
    organizationId,
    repositoryId,
    notices,
    findings,
    failures,
    dev,
    dev2,
    owner,
    owner2,
    platform,
    reader,
    /** Adds somebody with these roles. */
    person,
    /** A clone of somebody; the first push of an administrator goes to main. */
    async clone(actor: Actor, repository = "shop"): Promise<WorkingClone> {
      const email = `${actor.name}@acme.example`;
      const clone = await stockClone(`http://${actor.name}:x@${base}/${repository}.git`, {
        name: actor.displayName,
        email,
      });
      clones.push(clone);
      return workingClone(clone);
    },
    /** Ends every plan run that is queued, and those that become so, and answers the workspaces in that order. */
    async plan(script: (workspace: string, run: RunRecord) => ScriptedPlan = () => ({})): Promise<string[]> {
      const done: string[] = [];
      for (let all = await queued("plan"); all.length > 0; all = await queued("plan")) {
        for (const run of all) {
          const scripted = script(run.workspace.name, run);
          const [row] = await database.sql<{ input_tree: string }>(
            "select input_tree from affected_workspaces where run_id = $1",
            [run.id],
          );
          const digest = scripted.digest ?? `${run.workspace.name}@${row?.input_tree ?? ""}`;
          const version = await db.transaction(organizationId, (tx) => versionToPlan(tx, run.workspace));
          await finish(run, "finished", { ...scripted, digest }, `, state_version_before = ${version ?? "null"}`);
          done.push(run.workspace.name);
        }
      }
      return done;
    },
    /**
     * Lets each queued apply run make its plan with the digest and do what the listener decides; in their order. A new
     * state has the outputs that are given, or the ones it had; the plan has these findings.
     */
    async apply(
      digestOf: (workspace: string, run: RunRecord) => string,
      outputsOf: (workspace: string) => Record<string, string> | undefined = () => undefined,
      findingsOf: (workspace: string) => Finding[] = () => [],
    ): Promise<string[]> {
      const done: string[] = [];
      for (let all = await queued("apply"); all.length > 0; all = await queued("apply")) {
        for (const run of all) {
          const digest = digestOf(run.workspace.name, run);
          const [listening] = runs.listeners;
          const decision = await db.transaction(organizationId, async (tx) =>
            listening?.decideApply?.(tx, run, { digest, counts: null, blocking: 0, changes: true }),
          );
          if (decision === "apply") {
            const after = await storeState({ database, runs }, run, outputsOf(run.workspace.name));
            const findings = findingsOf(run.workspace.name);
            await finish(run, "finished", { digest, findings }, `, state_version_after = ${after}`);
          } else await finish(run, "held", { digest }, ", held_at = now()");
          done.push(`${run.workspace.name} ${decision ?? "nobody decided"}`);
        }
      }
      return done;
    },
    fail: (run: RunRecord) => finish(run, "failed", {}),
    queued,
    show: (number: number, actor: Actor = dev): Promise<PullRequest> => getPullRequest(context, actor, number),
  };
}

/** A clone with the steps that people take. */
export interface WorkingClone extends Clone {
  /** Writes files (null deletes), commits, and answers the commit's id. */
  commit(message: string, files: Record<string, string | null>, ...args: string[]): Promise<string>;
  /** Pushes HEAD; answers what git said and the number of the pull request in it. */
  push(ref: string, ...options: string[]): Promise<{ code: number; said: string; number: number }>;
  /** Takes main as it is now. */
  sync(): Promise<void>;
}

function workingClone(clone: Clone): WorkingClone {
  const must = async (...args: string[]) => {
    const answer = await clone.git(...args);
    if (answer.code !== 0) throw new Error(`git ${args.join(" ")}: ${answer.stderr}`);
    return answer.stdout.trim();
  };
  return {
    ...clone,
    async commit(message, files, ...args) {
      for (const [path, text] of Object.entries(files)) {
        const target = join(clone.directory, path);
        await mkdir(dirname(target), { recursive: true });
        if (text === null) await rm(target);
        else await writeFile(target, text);
      }
      await must("add", "-A");
      await must("commit", "-q", "--allow-empty", "-m", message, ...args);
      return must("rev-parse", "HEAD");
    },
    async push(ref, ...options) {
      const { code, stderr } = await clone.git(
        "push",
        ...options.flatMap((option) => ["-o", option]),
        "origin",
        `+HEAD:${ref}`,
      );
      return { code, said: stderr, number: Number(/pull-requests\/(\d+)/.exec(stderr)?.[1] ?? 0) };
    },
    async sync() {
      await must("fetch", "-q", "origin", "main");
      await must("reset", "-q", "--hard", "FETCH_HEAD");
    },
  };
}

/** The rules of a small repository, as an administrator pushes them first. */
export const seedFiles: Record<string, string> = {
  CODEOWNERS: "* @owner @owner2 @platform\n/policies/ @platform\n",
  "plumbline.yaml": [
    "version: 1",
    "layers: [platform, shared]",
    "components: {}",
    "environments: [dev, prod]",
    'engine: { name: terraform, version: ">= 1.6" }',
    "",
  ].join("\n"),
  "environments/dev/environment.yaml": "approvals: 1\n",
  "environments/prod/environment.yaml":
    'approvals: 2\nticket: { required: true, pattern: "[A-Z]+-[0-9]+", url: "https://tickets.example/{ticket}" }\n',
};

/** Two components, the second of which needs the first. */
export const componentFiles: Record<string, string> = {
  "plumbline.yaml": [
    "version: 1",
    "layers: [platform, shared]",
    "components:",
    "  network: { path: components/network, layer: platform }",
    "  database: { path: components/database, layer: shared, depends_on: [network] }",
    "environments: [dev, prod]",
    'engine: { name: terraform, version: ">= 1.6" }',
    "",
  ].join("\n"),
  "components/network/main.tf": 'output "id" {\n  value = "n1"\n}\n',
  "components/database/main.tf": 'variable "size" {\n  default = 1\n}\n',
  "environments/dev/database.tfvars": "size = 1\n",
  "environments/prod/database.tfvars": "size = 3 # why: customers\n",
};
