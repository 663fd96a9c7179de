import type { EnvironmentReport, PullRequest, ReportedChange } from "@plumbline/contract";
import { clientOf, matchesEnvironment, problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { sumOf } from "../workspaces/count-standings.ts";
import type { ClientsContext } from "./clients-context.ts";
import { readPeriod } from "./period.ts";
import { readScope } from "./read-scope.ts";

/** Changes that one report holds; each is shown with its plans and approvals. */
const mostChanges = 500;

/**
 * What happened in the environments that a pattern matches, in a period, and how they stand now. It is read with the
 * eyes of an auditor of exactly these environments: a report on a client's holds what the client may see, and can be
 * handed over. Throws `not_found` where the pattern matches none that the actor may read.
 */
export async function readReport(
  context: ClientsContext,
  actor: Actor,
  asked: { environments: string; from?: string | undefined; to?: string | undefined },
): Promise<EnvironmentReport> {
  authorize(actor, "repository.read");
  authorize(actor, "environment.read");
  const now = context.clock.now();
  const { from, to } = readPeriod(asked, now);
  const scope = await readScope(context, actor, { environments: asked.environments });
  const all = await context.standings(actor);
  const known = new Set([...scope, ...all.others, ...all.well].map(({ environment }) => environment));
  const environments = [...known].filter(
    (name) => matchesEnvironment(asked.environments, name) && may(actor, "environment.read", name),
  );
  if (environments.length === 0)
    throw problem("not_found", `There is no environment “${asked.environments.slice(0, 100)}” that you may read.`);
  const own = new Set(environments);
  const viewer: Actor = {
    ...actor,
    roles: environments.map((name) => ({ role: "auditor", environments: name })),
    scopes: null,
  };
  const here = <Item extends { environment: string }>(items: readonly Item[]): Item[] =>
    items.filter(({ environment }) => own.has(environment));
  const { well, others } = await context.standings(viewer);
  const { total, inSync } = sumOf({ well: here(well), others: here(others) });
  const numbers = await context.mergedBetween(viewer, from, to);
  const changes: ReportedChange[] = [];
  let left = 0;
  for (const number of numbers) {
    if (changes.length === mostChanges) left += 1;
    else {
      const pullRequest = await context.pullRequest(viewer, number);
      const change = pullRequest && reportedChange(pullRequest, own);
      if (change !== undefined) changes.push(change);
    }
  }
  const clients = new Set(environments.map((name) => clientOf(name) ?? null));
  const [client = null] = clients;
  return {
    organization: actor.organization,
    pattern: asked.environments,
    client: clients.size === 1 ? client : null,
    environments,
    from: from.toISOString(),
    to: to.toISOString(),
    writtenAt: now.toISOString(),
    workspaces: total,
    inSync,
    changes,
    changesLeftOut: left,
    drift: here(await context.driftCases(viewer)).filter(
      ({ openedAt, closedAt }) =>
        Date.parse(openedAt) < to.getTime() && (closedAt === null || Date.parse(closedAt) >= from.getTime()),
    ),
    findings: here(await context.findings(viewer)),
    waivers: (await context.waivers(viewer))
      .filter(({ environment }) => environments.some((name) => matchesEnvironment(environment, name)))
      .map((waiver) => ({ ...waiver, hides: waiver.hides.filter(({ workspace }) => isIn(own, workspace)) })),
    controls: (await context.controls(viewer)).map(({ environments: all, ...catalogue }) => ({
      ...catalogue,
      environments: Object.fromEntries(Object.entries(all).filter(([name]) => own.has(name))),
    })),
    scope: here(scope),
  };
}

/** What of a pull request concerns these environments; undefined where nothing does. */
function reportedChange(pullRequest: PullRequest, own: ReadonlySet<string>): ReportedChange | undefined {
  const affected = pullRequest.affected.filter(({ environment }) => own.has(environment));
  const environments = pullRequest.environments.filter((name) => own.has(name));
  if (pullRequest.mergedAt === null || environments.length === 0) return undefined;
  const { number, title, purpose, state, ticket, openedBy, mergedBy, mergedAt } = pullRequest;
  return {
    number,
    title,
    purpose,
    state,
    ticket,
    openedBy,
    mergedBy,
    mergedAt,
    environments,
    workspaces: affected.map(({ workspace, counts, digest, applyRun, applyStatus }) => ({
      workspace,
      counts,
      digest,
      applyRun,
      applyStatus,
    })),
    approvals: pullRequest.approvals
      .filter(({ voidAt }) => voidAt === null)
      .map(({ person, meaning, at }) => ({ person, meaning, at })),
  };
}

function isIn(environments: ReadonlySet<string>, workspace: string): boolean {
  return environments.has(workspace.slice(workspace.indexOf("/") + 1));
}
