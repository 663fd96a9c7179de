import type { Client, Severity } from "@plumbline/contract";
import { clientOf, compareSeverity } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { sumOf } from "../workspaces/count-standings.ts";
import type { CountedStandings } from "../workspaces/count-standings.ts";
import type { ClientsContext } from "./clients-context.ts";
import { readScope } from "./read-scope.ts";

/** Clients by name, with the environments that the actor may read in the order of promotion, and how they stand. */
export async function listClients(context: ClientsContext, actor: Actor): Promise<Client[]> {
  authorize(actor, "environment.read");
  const standings = await context.standings(actor);
  const scope = await readScope(context, actor, {});
  const known = new Set([...scope, ...standings.others, ...standings.well].map(({ environment }) => environment));
  const names = new Set([...known].flatMap((environment) => clientOf(environment) ?? []));
  return [...names].toSorted().map((name) => {
    const environments = [...known].filter((environment) => clientOf(environment) === name);
    const own = within(standings, environments);
    const { total, inSync } = sumOf(own);
    return {
      name,
      environments: environments.map((environment) => {
        const here = within(standings, [environment]);
        const sum = sumOf(here);
        return { name: environment, workspaces: sum.total, inSync: sum.inSync, worst: worst(here) };
      }),
      workspaces: total,
      inSync,
      driftCases: own.others.filter(({ severity }) => severity !== null).length,
      missing: scope.filter(({ client }) => client === name).reduce((sum, { missing }) => sum + missing, 0),
    };
  });
}

function within({ well, others }: CountedStandings, environments: readonly string[]): CountedStandings {
  const own = new Set(environments);
  return {
    well: well.filter(({ environment }) => own.has(environment)),
    others: others.filter(({ environment }) => own.has(environment)),
  };
}

function worst({ others }: CountedStandings): Severity | null {
  return others.flatMap(({ severity }) => severity ?? []).toSorted(compareSeverity)[0] ?? null;
}
