import type { Activity, Overview, Repository, WorkspaceSummary } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { readCanonical } from "../audit/audit-event.ts";

import { auditSize, newestEntries } from "../audit/read-audit.ts";
import type { StoredEntry } from "../audit/read-audit.ts";
import { detectionDelay } from "./detection-delay.ts";
import { headline, sentence, tally, worstOf } from "./headline.ts";
import type { OverviewContext } from "./overview-context.ts";
import { waitsForMe } from "./waits-for-me.ts";

const chartDays = 14;

/** Everything that the first page shows of one repository: the named one, or the first. */
export async function readOverview(
  context: OverviewContext,
  actor: Actor,
  repositoryName: string | undefined,
): Promise<Overview> {
  authorize(actor, "organization.read");
  const repositories = await context.repositories(actor);
  const repository = repositories.find(({ name }) => repositoryName === undefined || name === repositoryName);
  if (repository === undefined)
    throw problem(
      "not_found",
      repositoryName === undefined ? "There is no repository yet." : `There is no repository “${repositoryName}”.`,
      {
        next: "Create one: POST /api/v1/repositories, or plumb repositories create.",
      },
    );
  const [workspaces, pullRequests, cases, runners, activeRuns, log] = await Promise.all([
    context.workspaces(actor, repository.name),
    context.pullRequests(actor, repository.name),
    context.driftCases(actor, chartDays),
    context.runners(actor),
    context.activeRuns(actor),
    context.db.transaction(actor.organizationId, async (tx) => ({
      entries: await auditSize(tx, actor, context.wholePullRequests),
      newest: await newestEntries(tx, actor, 60, context.wholePullRequests),
    })),
  ]);
  const now = new Date();
  const sweeps = sweepsOf(workspaces);
  const open = cases.filter(({ status }) => status !== "closed");
  return {
    organization: actor.organization,
    repository: repository.name,
    headline: headline(workspaces),
    sentence: sentence(workspaces, sweeps, now),
    environments: environmentsOf(repository, workspaces),
    components: repository.components.map(({ name, layer, dependsOn }) => ({ name, layer, dependsOn })),
    workspaces,
    waitsForMe: waitsForMe(actor, { workspaces, pullRequests, cases: open }),
    activity: log.newest.flatMap((entry) => activityOf(actor, entry)).slice(0, 12),
    detectionDelay: detectionDelay(cases, repository.environments, now, chartDays),
    sweeps,
    log: { entries: log.entries },
    counts: {
      pullRequests: pullRequests.filter(({ status }) => status === "open").length,
      runs: activeRuns,
      driftCases: open.length,
      workspaces: workspaces.length,
      runners: runners.filter(({ online }) => online).length,
    },
  };
}

function sweepsOf(workspaces: readonly WorkspaceSummary[]): Overview["sweeps"] {
  const watched = workspaces.filter(({ verifiedAt, overdue }) => verifiedAt !== null || overdue);
  const last = watched
    .flatMap(({ verifiedAt }) => verifiedAt ?? [])
    .sort()
    .at(-1);
  return { onTime: watched.filter(({ overdue }) => !overdue).length, total: watched.length, lastAt: last ?? null };
}

function environmentsOf(repository: Repository, workspaces: readonly WorkspaceSummary[]): Overview["environments"] {
  return repository.environments
    .map((environment) => {
      const own = workspaces.filter((workspace) => workspace.environment === environment.name);
      return {
        ...environment,
        inSync: own.filter(({ state }) => state === "in_sync").length,
        total: own.length,
        foot: tally(own),
        worst: worstOf(own),
      };
    })
    .filter(({ total }) => total > 0);
}

/** What is of interest to everybody; who reads what, and signing in, stands in the audit log only. */
const shown = /^(pull_request|run\.(?!secrets|planned)|drift_case|workspace|variable|runner|repository|overdue)/;

function activityOf(actor: Actor, entry: StoredEntry): Activity[] {
  const event = readCanonical(entry.canonical);
  if (!shown.test(event.action)) return [];
  if (event.environment !== undefined && !may(actor, "environment.read", event.environment)) return [];
  const { details } = event;
  const driftCase = typeof details["driftCase"] === "number" ? details["driftCase"] : undefined;
  const link =
    driftCase !== undefined
      ? `/drift/${driftCase}`
      : event.run !== undefined
        ? `/runs/${event.run}`
        : event.pullRequest !== undefined
          ? `/pull-requests/${event.pullRequest}`
          : event.workspace !== undefined
            ? `/workspaces/${encodeURIComponent(event.workspace)}`
            : null;
  return [{ at: event.at, actor: event.actor.name, text: event.text, kind: event.action, link }];
}
