import type { Tx } from "../../platform/database/pools.ts";
import { pullRequestsMergedAs } from "../pull-request-store.ts";

/** The numbers of pull requests by their merge commits. */
export async function pullRequestNumbersOf(tx: Tx, commits: readonly string[]): Promise<Map<string, number>> {
  const merged = await pullRequestsMergedAs(tx, commits);
  return new Map(merged.map((one) => [one.mergeCommit ?? "", one.number]));
}
