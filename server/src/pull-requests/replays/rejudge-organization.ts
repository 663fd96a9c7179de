import type { Tx } from "../../platform/database/pools.ts";
import { allRepositories } from "../../repositories/find-repository.ts";
import { policyRepository } from "../../repositories/policy-repository.ts";
import { rebaseLater } from "../changed.ts";
import { openPullRequests } from "../pull-request-store.ts";

/**
 * Has the open pull requests of every repository but one planned and judged again: what they were judged by is not what
 * holds now. Those of the one are brought up to date by its own main.
 */
export async function rejudgeOrganization(tx: Tx, except: string | undefined): Promise<void> {
  for (const { repositoryId } of await allRepositories(tx)) {
    if (repositoryId === except) continue;
    for (const open of await openPullRequests(tx, repositoryId)) await rebaseLater(tx, open);
  }
}

/** The same where main of the organization's policy repository has moved; of any other nothing. */
export async function rejudgeAfter(tx: Tx, repositoryId: string): Promise<void> {
  if ((await policyRepository(tx))?.repositoryId === repositoryId) await rejudgeOrganization(tx, repositoryId);
}
