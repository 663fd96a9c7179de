import { Problem } from "@plumbline/contract";
import { join } from "node:path";
import { findOrganization } from "./organizations/find-organization.ts";
import { openRootKey } from "./organizations/open-root-key.ts";
import { openBuiltinForge } from "./forges/builtin/builtin-forge.ts";
import type { GitHttpContext } from "./forges/builtin/git-http.ts";
import { openGit } from "./forges/builtin/git.ts";
import type { DriftContext } from "./drift/drift-context.ts";
import { driftFacts, driftStandings } from "./drift/drift-facts.ts";
import { listenToRuns as listenForDrift } from "./drift/listen-to-runs.ts";
import { countOpenCases, getDriftCase, listDriftCases } from "./drift/read-cases.ts";
import type { ClientsContext } from "./clients/clients-context.ts";
import type { ControlsContext } from "./controls/controls-context.ts";
import { extractCache } from "./controls/extract-cache.ts";
import { judgingProgress } from "./controls/judging-progress.ts";
import type { FindingsContext } from "./findings/findings-context.ts";
import type { JudgeAppliedContext } from "./findings/judge-applied.ts";
import { listKnownFindings } from "./findings/list-known-findings.ts";
import { listWaivers } from "./findings/list-waivers.ts";
import { rememberFindings } from "./findings/remember-findings.ts";
import { findingGate } from "./findings/weigh-plan.ts";
import type { NotificationContext } from "./notifications/notification-context.ts";
import { notifier } from "./notifications/notify.ts";
import { mailSender } from "./notifications/send-mail.ts";
import type { LiveSight } from "./overview/live-sight.ts";
import type { OverviewContext } from "./overview/overview-context.ts";
import { actorOfPassword, actorOfSecret } from "./people/authenticate.ts";
import { peopleOf } from "./people/find-people.ts";
import { openPasswordAttempts } from "./people/password-attempts.ts";
import type { PeopleDoor } from "./people/people-context.ts";
import { secretKind } from "./people/secrets.ts";
import { setUpDoor } from "./people/set-up-door.ts";
import type { SetUpContext } from "./people/set-up-first-organization.ts";
import type { Clock } from "./platform/clock.ts";
import type { Config } from "./platform/config/index.ts";
import type { OpenDatabase } from "./platform/database/index.ts";
import type { NewId } from "./platform/ids.ts";
import { inTurn } from "./platform/in-turn.ts";
import type { Log } from "./platform/log.ts";
import { processStarter } from "./platform/processes/process-starter.ts";
import { openSealing } from "./platform/sealing/index.ts";
import { bindRuns } from "./pull-requests/bind-runs.ts";
import { judgePush } from "./pull-requests/pushing/judge-push.ts";
import { countOpenPullRequests } from "./pull-requests/count-pull-requests.ts";
import { currentPullRequests, getPullRequest, listMergedBetween } from "./pull-requests/list-pull-requests.ts";
import { listenToRuns } from "./pull-requests/listen-to-runs.ts";
import { openPullRequestWithoutCommits } from "./pull-requests/opening/open-pull-request.ts";
import { openReference } from "./pull-requests/opening/open-reference.ts";
import type { PullRequestsContext } from "./pull-requests/pull-requests-context.ts";
import { showJudged } from "./pull-requests/show-judged.ts";
import { pullRequestSeenBy, wholePullRequests } from "./pull-requests/sight.ts";
import { describeNamed } from "./repositories/describe-repository.ts";
import { findRepository } from "./repositories/find-repository.ts";
import type { RepositoriesContext } from "./repositories/repositories-context.ts";
import { repositoryAccess } from "./repositories/repository-access.ts";
import { repositoryCaches } from "./repositories/repository-reader.ts";
import { listRunners } from "./runners/list-runners.ts";
import type { RunnersContext } from "./runners/runners-context.ts";
import { openBell } from "./runs/bell.ts";
import { releaseRuns } from "./runs/queue/release-runs.ts";
import { lockQueue, runnerLoad } from "./runs/run-queries.ts";
import { countActiveRuns } from "./runs/showing/count-active-runs.ts";
import { runsSeenBy } from "./runs/run-seen-by.ts";
import type { RunsContext } from "./runs/runs-context.ts";
import type { StatesContext } from "./states/states-context.ts";
import { variableTimes } from "./variables/variable-times.ts";
import type { VariablesContext } from "./variables/variables-context.ts";
import { summariesOf } from "./workspaces/list-workspaces.ts";
import { countStandings } from "./workspaces/count-standings.ts";
import { readStandings } from "./workspaces/read-standings.ts";
import type { WorkspacesContext } from "./workspaces/workspaces-context.ts";

/** What the server is built from. */
export interface Surroundings {
  config: Config;
  database: Pick<OpenDatabase, "db" | "listener" | "connections">;
  log: Log;
  clock: Clock;
  newId: NewId;
  /** Memory, event loop and garbage collection in /metrics: once per process. */
  processMetrics: boolean;
}

/** The largest plan file or plan JSON that is kept, in bytes. */
const maxPlanBytes = 256 * 1024 * 1024;

/** The contexts of all domains, and what must be closed at the end. */
export interface Parts {
  people: PeopleDoor;
  setUp: SetUpContext;
  notifications: NotificationContext;
  repositories: RepositoriesContext;
  pullRequests: PullRequestsContext;
  variables: VariablesContext;
  states: StatesContext;
  runners: RunnersContext;
  runs: RunsContext;
  workspaces: WorkspacesContext;
  findings: FindingsContext;
  applied: JudgeAppliedContext;
  controls: ControlsContext;
  clients: ClientsContext;
  drift: DriftContext;
  overview: OverviewContext;
  liveSight: LiveSight;
  gitHttp: GitHttpContext;
  close(): void;
}

/** Builds every context once. Adapters are named here and nowhere else. */
export async function wire(surroundings: Surroundings): Promise<Parts> {
  const { config, database, log, clock, newId } = surroundings;
  const { db, listener } = database;
  const rootKey = await openRootKey(db, config.rootKey.file);
  const sealing = openSealing(rootKey);
  const base = { db, clock, newId, log, sealing };

  const people: PeopleDoor = {
    db,
    newId,
    sessionLifetime: config.sessions.lifetime,
    attempts: openPasswordAttempts({ perMinute: config.limits.loginsPerMinute, now: () => clock.now().getTime() }),
  };
  const setUp: SetUpContext = {
    ...people,
    setUp: setUpDoor(db, join(config.dataDir, "set-up-secret")),
    rootKey: { file: config.rootKey.file, keyId: rootKey.keyId },
  };
  const mail = config.mail === undefined ? undefined : mailSender(config.mail);
  const notifications: NotificationContext = {
    ...base,
    ...config.notifications,
    publicUrl: config.publicUrl,
    sendMail: mail && ((message) => mail.send(message)),
  };
  const notify = notifier(notifications);

  const starter = processStarter();
  const git = openGit(config.tools.git ?? "git", { startProcess: starter.start });
  const forge = await openBuiltinForge({ git, dataDir: config.dataDir, publicUrl: config.publicUrl });
  const repositories: RepositoriesContext = { ...base, forge, caches: repositoryCaches() };
  const access = repositoryAccess(repositories);

  const states: StatesContext = { ...base, maxStateBytes: config.state.maxBytes };
  const bell = openBell(listener);
  const findings: FindingsContext = { ...base, ...repositories, notify };
  const runs: RunsContext = {
    ...base,
    listener,
    states,
    repositories: access,
    bell,
    gate: findingGate(findings),
    listeners: [],
    settings: {
      leaseSeconds: config.runners.lease,
      phaseSeconds: config.runs.phaseTimeout,
      heldSeconds: config.runs.heldFor,
      maxLogBytes: config.runs.maxLogBytes,
      maxPlanBytes,
      retention: {
        logSeconds: config.retention.logs,
        planSeconds: config.retention.plans,
        appliedPlanSeconds: config.retention.appliedPlans,
      },
    },
  };
  const runners: RunnersContext = {
    ...base,
    load: runnerLoad,
    lockQueue,
    enginesChanged: (tx, organizationId) => releaseRuns(tx, runs, organizationId),
  };
  const pullRequests: PullRequestsContext = {
    ...repositories,
    ...base,
    states,
    runs: bindRuns(runs),
    notify,
    merges: inTurn(),
    publicUrl: config.publicUrl,
    git: config.git,
  };
  runs.listeners.push(rememberFindings(findings), listenToRuns(pullRequests));
  const applied: JudgeAppliedContext = { ...findings, states, judged: showJudged };
  const variables: VariablesContext = {
    ...base,
    mainConfiguration: (organizationId, repositoryId) => access.mainConfiguration(organizationId, repositoryId),
    async openReference(actor, change) {
      const opened = await openReference(pullRequests, actor, change);
      return opened === null ? null : getPullRequest(pullRequests, actor, opened.number);
    },
  };
  const workspaces: WorkspacesContext = {
    ...base,
    runs,
    mainConfiguration: (organizationId, repositoryId) => access.mainConfiguration(organizationId, repositoryId),
    mainFile: async (organizationId, repositoryId, path) => {
      const { commit } = await access.readRules(organizationId, repositoryId);
      return commit === null ? null : access.fileAt(organizationId, repositoryId, commit, path);
    },
    code: {
      head: async (organizationId, repositoryId) => (await access.readRules(organizationId, repositoryId)).commit,
      configurationAt: (...where) => access.configurationAt(...where),
      sources: (...where) => access.componentSources(...where),
      values: (...where) => access.componentValues(...where),
    },
    places: new WeakMap(),
    driftFacts,
    driftStandings,
    variableTimes,
  };
  const drift: DriftContext = {
    ...base,
    runs,
    notify,
    readRules: (organizationId, repositoryId) => access.readRules(organizationId, repositoryId),
    async peopleNamed(tx, owners) {
      const wanted = new Set(owners.map((owner) => owner.replace(/^@/, "").toLowerCase()));
      const people = await peopleOf(tx);
      return people
        .filter((person) => wanted.has(person.name) || person.addresses.some((address) => wanted.has(address)))
        .map(({ id }) => id);
    },
    async openRevert(actor, request) {
      const { workspace, ...rest } = request;
      const opened = await openPullRequestWithoutCommits(pullRequests, actor, {
        ...rest,
        purpose: "revert",
        workspaces: [workspace],
      });
      return getPullRequest(pullRequests, actor, opened.number);
    },
    settings: { graceSeconds: config.drift.grace },
  };
  runs.listeners.push(listenForDrift(drift));
  const controls: ControlsContext = {
    findings,
    states,
    extracts: extractCache(),
    progress: judgingProgress(),
    async environments(organizationId, repositoryId) {
      const configuration = await access.mainConfiguration(organizationId, repositoryId);
      return configuration?.environments.map(({ name }) => name) ?? [];
    },
  };
  const clients: ClientsContext = {
    db,
    clock,
    codified: new Map(),
    async main(organizationId, repositoryId) {
      const { codeOwners } = await access.readRules(organizationId, repositoryId);
      return { codeOwners, configuration: await access.mainConfiguration(organizationId, repositoryId) };
    },
    standings: (actor) => countStandings(workspaces, actor, {}),
    mergedBetween: (actor, from, to) => listMergedBetween(pullRequests, actor, from, to),
    pullRequest: (actor, number) =>
      getPullRequest(pullRequests, actor, number).catch((error: unknown) => {
        if (error instanceof Problem && error.code === "not_found") return undefined;
        throw error;
      }),
    driftCases: (actor) => allPages((cursor) => listDriftCases(drift, actor, { cursor, limit: 200 })),
    findings: (actor) => allPages((cursor) => listKnownFindings(findings, actor, { cursor, limit: 200 })),
    waivers: async (actor) => (await listWaivers(findings, actor, {})).items,
    async controls(actor) {
      const { listControlCatalogues } = await import("./controls/read-control-report.ts");
      const { items } = await listControlCatalogues(controls, actor);
      return items.map(({ slug, title, environments }) => ({ catalogue: slug, title, environments }));
    },
  };
  const overview: OverviewContext = {
    db,
    repository: (actor, name) => describeNamed(repositories, actor, name),
    standings: (actor, repository) => countStandings(workspaces, actor, { repository }),
    workspacesOf: async (actor, repository, components) =>
      (await readStandings(workspaces, actor, { repository, components })).map(({ id }) => id),
    workspaces: (actor, ids) => summariesOf(workspaces, actor, ids),
    pullRequests: (actor, repository) => currentPullRequests(pullRequests, actor, repository, 50),
    driftCases: async (actor, repository, days) => {
      const since = clock.now().getTime() - days * 86_400_000;
      const { items } = await listDriftCases(drift, actor, { repository, limit: 200 });
      return items.filter(({ status, openedAt }) => status !== "closed" || Date.parse(openedAt) >= since);
    },
    runners: async (actor) => (await listRunners(runners, actor)).items,
    wholePullRequests: (tx, actor) => wholePullRequests(tx, pullRequests, actor),
    openPullRequests: (actor, repository) => countOpenPullRequests(pullRequests, actor, repository),
    openCases: (actor, repository) => countOpenCases(drift, actor, repository),
    activeRuns: (actor, repository) => countActiveRuns(runs, actor, repository),
  };
  const liveSight: LiveSight = {
    runs: (actor, numbers) =>
      db.transaction(actor.organizationId, (tx) => runsSeenBy(tx, actor, numbers)).catch(() => new Set<number>()),
    driftCase: (actor, number) => seen(getDriftCase(drift, actor, number)),
    pullRequest: (actor, number) =>
      seen(db.transaction(actor.organizationId, (tx) => pullRequestSeenBy(tx, pullRequests, actor, number))),
  };
  const gitHttp: GitHttpContext = {
    forge,
    git,
    log,
    maxPushBytes: config.git.maxPushBytes,
    async authenticate(organization, name, secret, address) {
      const token = [secret, name].find((candidate) => secretKind(candidate) === "token");
      if (token !== undefined) return actorOfSecret(people, token);
      const found = await findOrganization(db, organization);
      return people.attempts.guard(address, () => actorOfPassword(people, found, name, secret));
    },
    async find(actor, repository) {
      const { repositoryId, name } = await findRepository(repositories, actor, repository);
      return { organizationId: actor.organizationId, repositoryId, name };
    },
    judge: (push) => judgePush(pullRequests, push),
  };
  return {
    people,
    setUp,
    notifications,
    repositories,
    pullRequests,
    variables,
    states,
    runners,
    runs,
    workspaces,
    findings,
    applied,
    controls,
    clients,
    drift,
    overview,
    liveSight,
    gitHttp,
    close() {
      mail?.close();
      bell.close();
      forge.close();
      starter.stop();
    },
  };
}

/** Whether something can be read: false where that is refused. */
async function seen(reading: Promise<unknown>): Promise<boolean> {
  return reading.then(
    () => true,
    () => false,
  );
}

/** Everything of a list that comes in pages. */
async function allPages<Item>(
  read: (cursor: string | undefined) => Promise<{ items: Item[]; cursor: string | null }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await read(cursor);
    all.push(...page.items);
    if (page.cursor === null) return all;
    cursor = page.cursor;
  }
}
