import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import type { Tx } from "../platform/database/pools.ts";
import { environmentsOfWorkspaces } from "./known-finding-store.ts";

/** Names of the environments that there are workspaces in and that the actor may read. */
export async function readableEnvironments(tx: Tx, actor: Actor): Promise<string[]> {
  return (await environmentsOfWorkspaces(tx)).filter((name) => may(actor, "environment.read", name));
}
