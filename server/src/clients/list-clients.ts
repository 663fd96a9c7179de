import type { Client, Severity } from "@plumbline/contract";
import { clientOf, compareSeverity } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import type { ClientsContext, ClientWorkspace } from "./clients-context.ts";
import { readScope } from "./read-scope.ts";

/** Clients by name, with the environments that the actor may read in the order of promotion, and how they stand. */
export async function listClients(context: ClientsContext, actor: Actor): Promise<Client[]> {
  authorize(actor, "environment.read");
  const workspaces = await context.workspaces(actor);
  const scope = await readScope(context, actor, {});
  const names = new Set([...scope, ...workspaces].flatMap(({ environment }) => clientOf(environment) ?? []));
  return [...names].toSorted().map((name) => {
    const own = workspaces.filter(({ environment }) => clientOf(environment) === name);
    const scopes = scope.filter(({ client }) => client === name);
    const environments = new Set([...scopes, ...own].map(({ environment }) => environment));
    return {
      name,
      environments: [...environments].map((environment) => {
        const here = own.filter((one) => one.environment === environment);
        return { name: environment, workspaces: here.length, inSync: inSync(here), worst: worst(here) };
      }),
      workspaces: own.length,
      inSync: inSync(own),
      driftCases: own.filter(({ severity }) => severity !== null).length,
      missing: scopes.reduce((sum, { missing }) => sum + missing, 0),
    };
  });
}

function inSync(workspaces: readonly ClientWorkspace[]): number {
  return workspaces.filter(({ state }) => state === "in_sync").length;
}

function worst(workspaces: readonly ClientWorkspace[]): Severity | null {
  return workspaces.flatMap(({ severity }) => severity ?? []).toSorted(compareSeverity)[0] ?? null;
}
