import { matchesEnvironment } from "@plumbline/policy/configuration/effective-policy";
import { waiversFile } from "@plumbline/policy/gate/read-waivers";
import { waiverKey } from "@plumbline/policy/gate/waiver";
import type { Waiver } from "@plumbline/policy/gate/waiver";
import { systemActor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { peopleOf } from "../people/find-people.ts";
import { repositoryWithId } from "../repositories/find-repository.ts";
import { readRules } from "../repositories/policy-repository.ts";
import { repeat } from "../runs/schedules.ts";
import type { Schedule } from "../runs/schedules.ts";
import type { FindingsContext } from "./findings-context.ts";
import { gateRules } from "./gate-rules.ts";
import { markAnnounced, repositoriesToAnnounce } from "./waiver-store.ts";

/** Days before its last one on which a waiver's end is announced. */
export const announcedDays = 14;

const day = 86_400_000;

/**
 * Tells the owners of waivers that expire soon, and those of the file, once for each expiry. Answers how many were
 * announced.
 */
export async function announceWaivers(context: FindingsContext): Promise<number> {
  const last = new Date(context.clock.now().getTime() + announcedDays * day).toISOString().slice(0, 10);
  const repositories = await context.db.systemTransaction((tx) => repositoriesToAnnounce(tx, last));
  let told = 0;
  for (const { organizationId, repositoryId } of repositories) {
    const rules = gateRules(await readRules(context, { organizationId, repositoryId }));
    const { waivers, codeOwners } = rules;
    const environments = rules.repository?.environments.map(({ name }) => name) ?? [];
    const fileOwners = codeOwners.ownersOf(waiversFile)?.owners ?? [];
    for (const waiver of waivers.filter(({ expires }) => expires <= last))
      told += await announceOne(context, { organizationId, repositoryId, environments }, waiver, fileOwners);
  }
  return told;
}

async function announceOne(
  context: FindingsContext,
  {
    organizationId,
    repositoryId,
    environments: known,
  }: { organizationId: string; repositoryId: string; environments: string[] },
  waiver: Waiver,
  fileOwners: readonly string[],
): Promise<number> {
  const { rule, address, environment, owner, ticket, expires } = waiver;
  return context.db.transaction(organizationId, async (tx) => {
    if (!(await markAnnounced(tx, repositoryId, waiverKey(waiver), expires))) return 0;
    const { name } = await repositoryWithId(tx, repositoryId);
    const wanted = new Set([owner, ...fileOwners].map((one) => one.replace(/^@/, "").toLowerCase()));
    const recipients = (await peopleOf(tx)).filter(
      (person) =>
        !person.disabled &&
        (wanted.has(person.name.toLowerCase()) || person.addresses.some((one) => wanted.has(one.toLowerCase()))),
    );
    const what = `the waiver of ${rule} for ${address} in ${environment}`;
    await context.notify(tx, organizationId, {
      event: "waiver_expiring",
      subject: `A waiver in ${name} expires on ${expires}: ${rule} in ${environment}`,
      body: `After ${expires} ${what} (${ticket}, ${owner}) lets nothing pass any more. Mend what it covers, or have it prolonged by a pull request that changes ${waiversFile}.`,
      link: "/policy?tab=waivers",
      recipients: recipients.map(({ id }) => id),
      environments: known.filter((one) => matchesEnvironment(environment, one)),
      part: null,
    });
    await recordAudit(tx, systemActor(organizationId, ""), {
      action: "waiver.announced",
      text: `people were told that ${what} expires on ${expires}`,
      details: { rule, address, environment, expires, owner },
    });
    return 1;
  });
}

/** Looks every ten minutes. */
export function watchWaivers(context: FindingsContext): Schedule {
  return repeat(() => announceWaivers(context), { seconds: 600, name: "waivers that expire", log: context.log });
}
