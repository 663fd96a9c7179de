import type { EnvironmentScope, ScopePart } from "@plumbline/contract";
import { clientOf, matchesEnvironment } from "@plumbline/contract";
import type { ScopeDeclaration } from "@plumbline/contract/configuration/configuration";
import { findEnvironment, notNeededIn } from "@plumbline/contract/configuration/configuration";
import { codifiedScope } from "@plumbline/policy/scope/scope";
import type { CodifiedCategory } from "@plumbline/policy/scope/scope";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { allRepositories, repositoriesSeenBy } from "../repositories/find-repository.ts";
import { codifiedEnvironments } from "./codified-environments.ts";
import type { Codified } from "./codified-environments.ts";
import type { ClientsContext, MainRules } from "./clients-context.ts";

/** What one repository says of an environment. */
interface Side {
  repository: string;
  main: MainRules;
}

/**
 * Which parts of each environment are code, in the order of promotion: by the resource types that the newest states
 * hold, which were counted when they were stored. Only environments that the actor may read.
 */
export async function readScope(
  context: ClientsContext,
  actor: Actor,
  query: { environments?: string | undefined; repository?: string | undefined },
): Promise<EnvironmentScope[]> {
  authorize(actor, "environment.read");
  const { organizationId } = actor;
  const wanted = (name: string): boolean =>
    may(actor, "environment.read", name) &&
    (query.environments === undefined || matchesEnvironment(query.environments, name));
  const repositories = await context.db.transaction(organizationId, async (tx) =>
    (await repositoriesSeenBy(tx, actor, await allRepositories(tx))).filter(
      ({ name }) => query.repository === undefined || name === query.repository,
    ),
  );
  const sides = new Map<string, Side[]>();
  for (const { repositoryId, name: repository } of repositories) {
    const main = await context.main(organizationId, repositoryId);
    for (const { name } of main.configuration?.environments ?? [])
      if (wanted(name)) sides.set(name, [...(sides.get(name) ?? []), { repository, main }]);
  }
  const held = await context.db.transaction(organizationId, (tx) =>
    codifiedEnvironments(tx, context.codified, {
      organizationId,
      repository: query.repository,
      environments: [...sides.keys()],
    }),
  );
  return [...sides].map(([name, own]) => scopeOf(name, own, held.get(name) ?? codifiedScope([])));
}

function scopeOf(environment: string, sides: readonly Side[], { categories, others }: Codified): EnvironmentScope {
  const parts = categories.map((one) => partOf(one, declarationIn(sides, environment, one.category)));
  return {
    environment,
    client: clientOf(environment) ?? null,
    repositories: sides.map(({ repository }) => repository),
    ...ownerOf(environment, sides),
    codified: parts.filter(({ state }) => state === "codified").length,
    missing: parts.filter(({ state }) => state === "missing").length,
    parts,
    others,
  };
}

function declarationIn(
  sides: readonly Side[],
  name: string,
  category: CodifiedCategory["category"],
): ScopeDeclaration | undefined {
  for (const { main } of sides) {
    const environment = main.configuration && findEnvironment(main.configuration, name);
    const found = main.configuration && environment && notNeededIn(main.configuration, environment, category);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What is there counts, whatever was declared: a declaration says why nothing has to be. */
function partOf(codified: CodifiedCategory, declared: ScopeDeclaration | undefined): ScopePart {
  return {
    ...codified,
    state: codified.resources > 0 ? "codified" : declared === undefined ? "missing" : "not-needed",
    reason: declared?.reason ?? null,
    file: declared?.place.file ?? null,
    line: declared?.place.line ?? null,
  };
}

/** The owner in the environment's own file, else the code owners of that file on main. */
function ownerOf(name: string, sides: readonly Side[]): Pick<EnvironmentScope, "owners" | "ownerFrom"> {
  for (const { main } of sides) {
    const environment = main.configuration && findEnvironment(main.configuration, name);
    const place = environment?.places.owner;
    if (environment?.owner !== undefined && place !== undefined)
      return { owners: [environment.owner], ownerFrom: { file: place.file, line: place.line ?? null } };
  }
  for (const { main } of sides) {
    const owned = main.codeOwners.ownersOf(`environments/${name}/environment.yaml`);
    if (owned !== undefined && owned.owners.length > 0)
      return { owners: [...owned.owners], ownerFrom: { file: "CODEOWNERS", line: owned.line } };
  }
  return { owners: [], ownerFrom: null };
}
