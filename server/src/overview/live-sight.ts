import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";

/** Whether somebody may read a thing that has a number: use cases of other domains. */
export interface LiveSight {
  /** Those that he may read; a merge moves thousands at once. */
  runs(actor: Actor, numbers: readonly number[]): Promise<ReadonlySet<number>>;
  pullRequest(actor: Actor, number: number): Promise<boolean>;
  driftCase(actor: Actor, number: number): Promise<boolean>;
}

/** A workspace's name tells its environment; who may not read that does not hear of it. */
export function mayHear(actor: Actor, topic: string): boolean {
  const environment = /^workspace:[^/]+\/(.+)$/.exec(topic)?.[1];
  return environment === undefined || may(actor, "environment.read", environment);
}

/**
 * Of what was announced at once, what somebody may hear who is kept to clients: of workspaces and numbers those that he
 * may read, and that the overview changed where one of them did.
 */
export async function topicsFor(sight: LiveSight, actor: Actor, topics: readonly string[]): Promise<string[]> {
  const numbers = topics.flatMap((topic) => numberIn("run", topic) ?? []);
  const runs = numbers.length === 0 ? new Set<number>() : await sight.runs(actor, numbers);
  const heard: string[] = [];
  for (const topic of topics) if (await concerns(sight, actor, topic, runs)) heard.push(topic);
  return heard.length > 0 && topics.includes("overview") ? [...heard, "overview"] : heard;
}

async function concerns(sight: LiveSight, actor: Actor, topic: string, runs: ReadonlySet<number>): Promise<boolean> {
  if (topic.startsWith("workspace:")) return mayHear(actor, topic);
  const run = numberIn("run", topic);
  if (run !== undefined) return runs.has(run);
  const pullRequest = numberIn("pull-request", topic);
  if (pullRequest !== undefined) return sight.pullRequest(actor, pullRequest);
  const driftCase = numberIn("drift-case", topic);
  return driftCase !== undefined && sight.driftCase(actor, driftCase);
}

/** The number of a topic of that kind, `12` of `run:12`; undefined for every other. */
function numberIn(kind: string, topic: string): number | undefined {
  const [named, digits = ""] = topic.split(":");
  return named === kind && /^\d+$/.test(digits) ? Number(digits) : undefined;
}
