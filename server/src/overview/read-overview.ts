import type { Activity, Overview, Repository } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { workspacePath } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { readCanonical } from "../audit/audit-event.ts";
import { auditSize, newestEntries } from "../audit/read-audit.ts";
import type { StoredEntry } from "../audit/read-audit.ts";
import { detectionDelay } from "./detection-delay.ts";
import { headline, sentence, tally, worstOf } from "./headline.ts";
import { matrixRows } from "./matrix-rows.ts";
import type { OverviewContext } from "./overview-context.ts";
import { sumOf } from "../workspaces/count-standings.ts";
import type { CountedStandings } from "../workspaces/count-standings.ts";
import type { Standing } from "../workspaces/read-standings.ts";
import { waitsForMe } from "./waits-for-me.ts";

const chartDays = 14;
/** Where more waits than anybody reads, the sentence still counts all. */
const mostWaiting = 100;

/** Everything that the first page shows of one repository: the named one, or the first. */
export async function readOverview(
  context: OverviewContext,
  actor: Actor,
  { repository: repositoryName, from }: { repository?: string | undefined; from?: number | undefined },
): Promise<Overview> {
  authorize(actor, "organization.read");
  const repository = await context.repository(actor, repositoryName);
  if (repository === undefined)
    throw problem(
      "not_found",
      repositoryName === undefined ? "There is no repository yet." : `There is no repository “${repositoryName}”.`,
      {
        next: "Create one: POST /api/v1/repositories, or plumb repositories create.",
      },
    );
  const [standings, pullRequests, cases, runners, counts, log] = await Promise.all([
    context.standings(actor, repository.name),
    context.pullRequests(actor, repository.name),
    context.driftCases(actor, repository.name, chartDays),
    context.runners(actor),
    Promise.all([
      context.openPullRequests(actor, repository.name),
      context.activeRuns(actor, repository.name),
      context.openCases(actor, repository.name),
    ]),
    context.db.transaction(actor.organizationId, async (tx) => ({
      entries: await auditSize(tx, actor, context.wholePullRequests),
      newest: await newestEntries(tx, actor, 60, context.wholePullRequests),
    })),
  ]);
  const [openPullRequests, activeRuns, openCases] = counts;
  const now = new Date();
  const { others } = standings;
  const sum = sumOf(standings);
  const sweeps = sweepsOf(standings);
  const open = cases.filter(({ status }) => status !== "closed");
  const { shown, matrix } = matrixRows(repository.components, { cells: others, workspaces: sum.total }, from);
  const rows = new Set(shown.map(({ name }) => name));
  const alarming = (standing: Standing): boolean => standing.state === "frozen" || standing.overdue;
  const workspaces = await context.workspaces(actor, [
    ...(await context.workspacesOf(actor, repository.name, [...rows])),
    ...others
      .filter((one) => !rows.has(one.component) && alarming(one))
      .slice(0, mostWaiting)
      .map(({ id }) => id),
  ]);
  return {
    organization: actor.organization,
    repository: repository.name,
    headline: headline(sum),
    sentence: sentence({ workspaces: others, total: sum.total }, sweeps, now),
    environments: environmentsOf(repository, standings),
    components: shown.map(({ name, layer, dependsOn }) => ({ name, layer, dependsOn })),
    workspaces: workspaces.filter(({ component }) => rows.has(component)),
    matrix,
    waitsForMe: waitsForMe(actor, { workspaces, pullRequests, cases: open }).slice(0, mostWaiting),
    activity: log.newest.flatMap((entry) => activityOf(actor, entry)).slice(0, 12),
    detectionDelay: detectionDelay(cases, repository.environments, now, chartDays),
    sweeps,
    log: { entries: log.entries },
    counts: {
      pullRequests: openPullRequests,
      runs: activeRuns,
      driftCases: openCases,
      workspaces: sum.total,
      runners: runners.filter(({ online }) => online).length,
    },
  };
}

function sweepsOf({ well, others }: CountedStandings): Overview["sweeps"] {
  const watched = others.filter(({ verified, overdue }) => verified || overdue);
  const verified = well.reduce((sum, one) => sum + one.verified, 0);
  const lastAt = well
    .flatMap(({ verifiedAt }) => verifiedAt?.getTime() ?? [])
    .toSorted((left, right) => right - left)[0];
  return {
    onTime: verified + watched.filter(({ overdue }) => !overdue).length,
    total: verified + watched.length,
    lastAt: lastAt === undefined ? null : new Date(lastAt).toISOString(),
  };
}

function environmentsOf(repository: Repository, { well, others }: CountedStandings): Overview["environments"] {
  const byEnvironment = Map.groupBy(others, ({ environment }) => environment);
  return repository.environments
    .map((environment) => {
      const own = byEnvironment.get(environment.name) ?? [];
      const here = { well: well.filter((one) => one.environment === environment.name), others: own };
      return { ...environment, ...sumOf(here), foot: tally(own), worst: worstOf(own) };
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
            ? workspacePath(event.workspace)
            : null;
  return [{ at: event.at, actor: event.actor.name, text: event.text, kind: event.action, link }];
}
