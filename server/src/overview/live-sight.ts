import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";

/** Whether somebody may read a thing that has a number: use cases of other domains. */
export interface LiveSight {
  run(actor: Actor, number: number): Promise<boolean>;
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
  const heard: string[] = [];
  for (const topic of topics) if (await concerns(sight, actor, topic)) heard.push(topic);
  return heard.length > 0 && topics.includes("overview") ? [...heard, "overview"] : heard;
}

async function concerns(sight: LiveSight, actor: Actor, topic: string): Promise<boolean> {
  if (topic.startsWith("workspace:")) return mayHear(actor, topic);
  const [, kind, digits] = /^(run|pull-request|drift-case):(\d+)$/.exec(topic) ?? [];
  const number = Number(digits);
  if (kind === "run") return sight.run(actor, number);
  if (kind === "pull-request") return sight.pullRequest(actor, number);
  return kind === "drift-case" && sight.driftCase(actor, number);
}
