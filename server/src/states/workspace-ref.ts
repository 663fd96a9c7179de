import { problem } from "@plumbline/contract";
import { parseWorkspaceName, workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../access/actor.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { may } from "../access/authorize.ts";
import type { Tx } from "../platform/database/pools.ts";

/** A workspace, as far as what lies below the domain of workspaces needs it. */
export interface WorkspaceRef {
  organizationId: string;
  id: string;
  /** `network/prod`. */
  name: string;
  repositoryId: string;
  repository: string;
  component: string;
  environment: string;
  layer: string;
  declared: boolean;
  /** The newest state version; null where it has none. */
  stateVersion: number | null;
  frozenReason: string | null;
}

/**
 * The workspace of that name: `network/prod`, `shop-infrastructure:network/prod`, or in full
 * `acme/shop-infrastructure:network/prod`. Throws `not_found`, and `invalid_request` where several repositories have one;
 * `not_found` too for who is kept to clients where it is of another one. Who calls authorizes.
 */
export async function workspaceByName(tx: Tx, actor: Actor, name: string): Promise<WorkspaceRef> {
  const colon = name.indexOf(":");
  const repository = colon < 0 ? undefined : name.slice(name.lastIndexOf("/", colon) + 1, colon);
  const parts = parseWorkspaceName(name.slice(colon + 1));
  if (parts === undefined) throw problem("not_found", `“${name}” is not a workspace's name, such as network/prod.`);
  const missing = () => problem("not_found", `There is no workspace “${name}”.`);
  if (keptToClients(actor) && !may(actor, "environment.read", parts.environment)) throw missing();
  const rows = await selected(tx)
    .where("workspaces.component", "=", parts.component)
    .where("workspaces.environment", "=", parts.environment)
    .$if(repository !== undefined, (query) => query.where("repositories.name", "=", repository ?? ""))
    .execute();
  const [row, second] = rows;
  if (row === undefined) throw missing();
  if (second !== undefined)
    throw problem(
      "invalid_request",
      `Several repositories have a workspace “${name}”: write ${rows.map((one) => `${one.repository}:${name}`).join(" or ")}.`,
    );
  return fromRow(row);
}

/** The workspace with that id, which is there. */
export async function workspaceWithId(tx: Tx, workspaceId: string): Promise<WorkspaceRef> {
  return fromRow(await selected(tx).where("workspaces.workspace_id", "=", workspaceId).executeTakeFirstOrThrow());
}

function selected(tx: Tx) {
  return tx
    .selectFrom("workspaces")
    .innerJoin("repositories", (join) =>
      join
        .onRef("repositories.organization_id", "=", "workspaces.organization_id")
        .onRef("repositories.repository_id", "=", "workspaces.repository_id"),
    )
    .select([
      "workspaces.organization_id as organizationId",
      "workspaces.workspace_id as id",
      "workspaces.repository_id as repositoryId",
      "repositories.name as repository",
      "workspaces.component",
      "workspaces.environment",
      "workspaces.layer",
      "workspaces.declared",
      "workspaces.state_version as stateVersion",
      "workspaces.frozen_reason as frozenReason",
    ]);
}

function fromRow(row: Omit<WorkspaceRef, "name">): WorkspaceRef {
  return { ...row, name: workspaceName(row.component, row.environment) };
}

/** Workspaces that main declares, and those that still hold resources, of all repositories or of one. */
export async function workspaceRefs(tx: Tx, repository?: string): Promise<WorkspaceRef[]> {
  const rows = await selected(tx)
    .where((where) => where.or([where("workspaces.declared", "=", true), where("workspaces.resource_count", ">", 0)]))
    .$if(repository !== undefined, (query) => query.where("repositories.name", "=", repository ?? ""))
    .orderBy("repositories.name")
    .orderBy("workspaces.workspace_id")
    .execute();
  return rows.map(fromRow);
}
