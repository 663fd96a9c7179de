import type { HiddenFinding, ResponseOf, Waiver as WaiverAnswer } from "@plumbline/contract";
import type { listWaivers as endpoint } from "@plumbline/contract";
import { matchesEnvironment } from "@plumbline/policy/configuration/effective-policy";
import { readWaivers, waiversFile } from "@plumbline/policy/gate/read-waivers";
import { covers, waiverEnd, waiverKey } from "@plumbline/policy/gate/waiver";
import type { Waiver } from "@plumbline/policy/gate/waiver";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { keptToClients, seesRowsOfClients } from "../access/kept-to-clients.ts";
import { allRepositories, repositoriesSeenBy } from "../repositories/find-repository.ts";
import { readRules } from "../repositories/policy-repository.ts";
import { latestPlans } from "../runs/latest-plans.ts";
import type { LatestPlan } from "../runs/latest-plans.ts";
import { announcedDays } from "./announce-waivers.ts";
import type { FindingsContext } from "./findings-context.ts";
import { waiversOnRecord } from "./waiver-store.ts";
import type { WaiverRecord } from "./waiver-store.ts";

const day = 86_400_000;

/** The waivers of main, with what each lets pass in the newest plans, those that expire first at the top. */
export async function listWaivers(
  context: FindingsContext,
  actor: Actor,
  query: { repository?: string | undefined },
): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, "repository.read");
  const { organizationId } = actor;
  const repositories = (
    await context.db.transaction(organizationId, async (tx) => repositoriesSeenBy(tx, actor, await allRepositories(tx)))
  ).filter(({ name }) => query.repository === undefined || name === query.repository);
  const items: WaiverAnswer[] = [];
  const problems: ResponseOf<typeof endpoint>["problems"] = [];
  const owners: Record<string, string[]> = {};
  for (const { repositoryId, name } of repositories) {
    const rules = await readRules(context, { organizationId, repositoryId });
    owners[name] = [...(rules.codeOwners.ownersOf(waiversFile)?.owners ?? [])];
    if (rules.waivers === null) continue;
    const read = readWaivers(rules.waivers);
    const kept = keptToClients(actor);
    const few = seesRowsOfClients(actor);
    if (!kept)
      problems.push(...read.problems.map(({ message, file, line }) => ({ repository: name, message, file, line })));
    const { records, plans } = await context.db.transaction(organizationId, async (tx) => ({
      records: await waiversOnRecord(tx, repositoryId),
      plans: await latestPlans(tx, repositoryId),
    }));
    const readable = plans.filter(({ workspace }) => may(actor, "environment.read", workspace.environment));
    const environments = new Set(readable.map(({ workspace }) => workspace.environment));
    for (const waiver of read.waivers.filter((one) => !few || holdsInSome(one, environments)))
      items.push({ repository: name, ...present(context, waiver, records.get(waiverKey(waiver)), readable) });
  }
  return { items: items.toSorted((left, right) => (left.expires < right.expires ? -1 : 1)), problems, owners };
}

function holdsInSome({ environment }: Waiver, environments: ReadonlySet<string>): boolean {
  return [...environments].some((name) => matchesEnvironment(environment, name));
}

function present(
  context: FindingsContext,
  waiver: Waiver,
  record: WaiverRecord | undefined,
  plans: readonly LatestPlan[],
): Omit<WaiverAnswer, "repository"> {
  const left = waiverEnd(waiver).getTime() - context.clock.now().getTime();
  return {
    ...waiver,
    status: left <= 0 ? "expired" : left <= (announcedDays + 1) * day ? "expiring" : "active",
    introducedBy: record?.introducedBy ?? null,
    introducedAt: record?.introducedAt.toISOString() ?? null,
    renewals: record?.renewals ?? 0,
    renewedAt: record?.renewedAt?.toISOString() ?? null,
    hides: left <= 0 ? [] : plans.flatMap((plan) => hiddenBy(waiver, plan)),
  };
}

function hiddenBy(waiver: Waiver, { workspace, run, findings }: LatestPlan): HiddenFinding[] {
  return findings
    .filter((finding) => finding.outcome === "fail" && covers(waiver, finding, workspace.environment))
    .map(({ rule, severity, title, address }) => ({
      workspace: workspace.name,
      run,
      rule,
      severity,
      title,
      address: address ?? null,
    }));
}
