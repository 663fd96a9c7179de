import type { Actor } from "./access/actor.ts";
import { auditRoutes } from "./audit/audit-routes.ts";
import { gitHttpRoutes } from "./forges/builtin/git-http.ts";
import { clientRoutes } from "./clients/client-routes.ts";
import { controlRoutes } from "./controls/control-routes.ts";
import { judgeAppliedHandler } from "./findings/judge-applied.ts";
import { findingRoutes } from "./findings/finding-routes.ts";
import { watchWaivers } from "./findings/announce-waivers.ts";
import { driftRoutes } from "./drift/drift-routes.ts";
import { judgeCheckHandler } from "./drift/judge-check.ts";
import { watchDrift } from "./drift/watch.ts";
import { notificationDelivery } from "./notifications/deliver-notification.ts";
import { notificationRoutes } from "./notifications/notification-routes.ts";
import { liveRoutes } from "./overview/live-routes.ts";
import { overviewRoutes } from "./overview/overview-routes.ts";
import { authenticateRequest } from "./people/authenticate-request.ts";
import { peopleRoutes } from "./people/people-routes.ts";
import { sessionRoutes } from "./people/session-routes.ts";
import { setUpRoutes } from "./people/set-up-routes.ts";
import { createApi } from "./platform/http/index.ts";
import { startTasks } from "./platform/tasks/index.ts";
import { promotionRoutes } from "./promotions/promotion-routes.ts";
import { watchDates } from "./pull-requests/gate/weigh-again.ts";
import { pullRequestTasks } from "./pull-requests/handle-tasks.ts";
import { pullRequestRoutes } from "./pull-requests/pull-request-routes.ts";
import { repositoryRoutes } from "./repositories/repository-routes.ts";
import { runnerRoutes as runnerAdministrationRoutes } from "./runners/runner-routes.ts";
import { toolRoutes } from "./runners/tool-routes.ts";
import { runRoutes } from "./runs/showing/run-routes.ts";
import { runnerRoutes } from "./runs/runner-calls/runner-routes.ts";
import { watchRuns } from "./runs/schedules.ts";
import { stateRoutes } from "./states/state-routes.ts";
import { variableRoutes } from "./variables/variable-routes.ts";
import { version } from "./version.ts";
import { wire } from "./wire.ts";
import type { Surroundings } from "./wire.ts";
import { workspaceRoutes } from "./workspaces/workspace-routes.ts";

/** A composed server. */
export interface Server {
  /** Starts background work and listens; answers the address. */
  start(): Promise<string>;
  /** Makes a set-up secret where the installation has no organization; undefined where it has. */
  openSetUp(): Promise<{ secret: string; file: string } | undefined>;
  /** Takes nothing new, waits for what is under way. The database stays open. */
  stop(): Promise<void>;
}

/** Builds every part once and puts routes and background work together. */
export async function compose(surroundings: Surroundings): Promise<Server> {
  const { config, database, log, newId } = surroundings;
  const parts = await wire(surroundings);
  const api = await createApi<Actor>({
    config,
    log,
    newId,
    version,
    authenticate: (request) => authenticateRequest(parts.people, request),
    readiness: { database: () => database.db.check() },
    processMetrics: surroundings.processMetrics,
  });
  const doors = {
    secureCookie: config.publicUrl.startsWith("https:"),
    loginsPerMinute: config.limits.loginsPerMinute,
  };
  sessionRoutes(api, parts.people, doors);
  setUpRoutes(api, parts.setUp, doors);
  peopleRoutes(api, parts.people);
  auditRoutes(api, database.db, parts.overview.wholePullRequests);
  notificationRoutes(api, parts.notifications);
  repositoryRoutes(api, parts.repositories);
  pullRequestRoutes(api, parts.pullRequests);
  promotionRoutes(api, parts.pullRequests);
  variableRoutes(api, parts.variables);
  stateRoutes(api, parts.states);
  runnerAdministrationRoutes(api, parts.runners);
  toolRoutes(api, parts.runners);
  runRoutes(api, parts.runs);
  workspaceRoutes(api, parts.workspaces);
  findingRoutes(api, parts.findings);
  controlRoutes(api, parts.controls);
  clientRoutes(api, parts.clients);
  driftRoutes(api, parts.drift);
  overviewRoutes(api, parts.overview);
  liveRoutes(api, database.listener, parts.liveSight);
  runnerRoutes(api.app, parts.runs);
  await gitHttpRoutes(api.app, parts.gitHttp);

  const stops: (() => Promise<void>)[] = [];
  return {
    async start() {
      const tasks = await startTasks({
        owner: database.connections.owner,
        handlers: [
          notificationDelivery(parts.notifications),
          ...pullRequestTasks(parts.pullRequests),
          judgeCheckHandler(parts.drift),
          judgeAppliedHandler(parts.applied),
        ],
        concurrency: config.tasks.concurrency,
        log,
      });
      stops.push(() => tasks.stop());
      const runs = watchRuns(parts.runs);
      stops.push(() => runs.stop());
      const dates = watchDates(parts.pullRequests);
      stops.push(() => dates.stop());
      const waivers = watchWaivers(parts.findings);
      stops.push(() => waivers.stop());
      const drift = watchDrift(parts.drift);
      stops.push(() => drift.stop());
      return api.listen();
    },
    async openSetUp() {
      const secret = await parts.setUp.setUp.open();
      return secret === undefined ? undefined : { secret, file: parts.setUp.setUp.file };
    },
    async stop() {
      await api.close();
      await Promise.all(stops.map((stop) => stop()));
      parts.close();
    },
  };
}
