import type { SealedVariable } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { findEnvironment } from "@plumbline/contract/configuration/configuration";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { repositoryByName, selectVersions } from "./variable-store.ts";
import type { VariableVersion } from "./variable-store.ts";
import type { VariablesContext } from "./variables-context.ts";

/** Sealed variables with their versions and the one in use; never a value. Only environments the actor may read. */
export async function listVariables(
  context: VariablesContext,
  actor: Actor,
  query: { repository: string; environment?: string | undefined },
): Promise<{ items: SealedVariable[] }> {
  authorize(actor, "environment.read", query.environment);
  const found = await context.db.transaction(actor.organizationId, async (tx) => {
    const repository = await repositoryByName(tx, query.repository);
    const versions = repository === undefined ? [] : await selectVersions(tx, repository.id, query.environment);
    const isHidden =
      keptToClients(actor) && !versions.some(({ environment }) => may(actor, "environment.read", environment));
    if (repository === undefined || isHidden)
      throw problem("not_found", `There is no repository “${query.repository}”.`);
    return { repository, versions };
  });
  const configuration = await context.mainConfiguration(actor.organizationId, found.repository.id);
  const groups = Map.groupBy(
    found.versions.filter((version) => may(actor, "environment.read", version.environment)),
    (version) => JSON.stringify([version.environment, version.component, version.name]),
  );
  const items = [...groups.values()].flatMap(([first, ...rest]): SealedVariable[] => {
    if (first === undefined) return [];
    const environment = configuration && findEnvironment(configuration, first.environment);
    const reference = environment?.sealed.find(
      (entry) => entry.component === first.component && entry.variable === first.name,
    );
    return [
      {
        environment: first.environment,
        component: first.component,
        name: first.name,
        versions: [first, ...rest].map(presentVersion),
        used: reference?.version ?? null,
      },
    ];
  });
  return { items };
}

function presentVersion({ version, setBy, setAt }: VariableVersion): SealedVariable["versions"][number] {
  return { version, setBy, setAt: setAt.toISOString() };
}
