import { matchesEnvironment } from "@plumbline/contract";
import type { RoleBinding } from "@plumbline/contract";
import type { Actor } from "./actor.ts";
import { keptToClients } from "./kept-to-clients.ts";

/**
 * The actor with what his roles leave him of one client's environments: for lists and counts, which then hold that
 * client's rows alone. Who may see more stays so: nothing is kept from him of what such a row is about. Who is kept to
 * clients stays that, too. Without a client the actor is unchanged.
 */
export function forClient(actor: Actor, client: string | undefined): Actor {
  if (client === undefined) return actor;
  const roles = actor.roles.flatMap((binding) => within(binding, client));
  return keptToClients(actor) ? { ...actor, roles } : { ...actor, roles, looksAt: client };
}

function within({ role, environments }: RoleBinding, client: string): RoleBinding[] {
  if (environments === "*") return [{ role, environments: `${client}/*` }];
  const slash = environments.indexOf("/");
  if (slash < 0 || !matchesEnvironment(environments.slice(0, slash), client)) return [];
  return [{ role, environments: `${client}${environments.slice(slash)}` }];
}
