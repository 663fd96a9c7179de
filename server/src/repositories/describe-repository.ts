import type { EnvironmentView, Repository as RepositoryAnswer } from "@plumbline/contract/api/repositories";
import type { Component, Configuration, Environment } from "@plumbline/contract/configuration/configuration";
import { existsIn } from "@plumbline/contract/configuration/placement";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { keptToClients, seesRowsOfClients } from "../access/kept-to-clients.ts";
import { repositoriesSeenBy } from "./find-repository.ts";
import { withKnownInputs } from "./known-inputs.ts";
import type { RepositoriesContext } from "./repositories-context.ts";
import type { Repository } from "./repository.ts";
import { openReader } from "./repository-reader.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import { listRepositories } from "./repository-store.ts";

/** All repositories with what their main declares. */
export async function describeRepositories(context: RepositoriesContext, actor: Actor): Promise<RepositoryAnswer[]> {
  authorize(actor, "repository.read");
  const repositories = await context.db.transaction(actor.organizationId, async (tx) =>
    repositoriesSeenBy(tx, actor, await listRepositories(tx)),
  );
  const described = await Promise.all(repositories.map((repository) => describeRepository(context, actor, repository)));
  return seesRowsOfClients(actor) ? withKnownInputs(described) : described;
}

/** The named repository, or the first by name, of those that the actor sees; undefined where there is none. */
export async function describeNamed(
  context: RepositoriesContext,
  actor: Actor,
  name: string | undefined,
): Promise<RepositoryAnswer | undefined> {
  authorize(actor, "repository.read");
  const isMeant = (repository: { name: string }): boolean => name === undefined || repository.name === name;
  // What is known of one depends on the others.
  if (seesRowsOfClients(actor)) return (await describeRepositories(context, actor)).find(isMeant);
  const repositories = await context.db.transaction(actor.organizationId, (tx) => listRepositories(tx));
  const found = repositories.find(isMeant);
  return found && describeRepository(context, actor, found);
}

/**
 * One repository with what its main declares; who calls has authorized. Who is kept to clients sees their environments
 * and the components alone: neither what is wrong in other files nor what commits say.
 */
export async function describeRepository(
  context: RepositoriesContext,
  actor: Actor,
  repository: Repository,
): Promise<RepositoryAnswer> {
  const { headCommit } = repository;
  const reader = await openReader(context.caches, repository, context.forge.objects(repository));
  const read =
    headCommit === null ? { configuration: undefined, problems: [] } : await reader.configuration(headCommit);
  const { configuration } = read;
  const environments =
    configuration === undefined || headCommit === null
      ? []
      : await environmentViews(reader, actor, configuration, headCommit);
  return {
    name: repository.name,
    gitUrl: context.forge.url(actor.organization, repository.name),
    headCommit,
    createdAt: repository.createdAt.toISOString(),
    layers: configuration?.layers ?? [],
    components: componentsFor(actor, configuration).map(
      ({ name, path, layer, dependsOn, inputs, foreignInputs = [], ...where }) => ({
        name,
        path,
        environments: environments.filter((environment) => existsIn(where, environment.name)).map((one) => one.name),
        layer,
        dependsOn,
        inputs: [
          ...inputs.map(({ variable, component, output }) => ({ variable, from: `${component}.${output}` })),
          ...foreignInputs.map(({ variable, repository: other, component, output }) => ({
            variable,
            from: `${other}:${component}.${output}`,
          })),
        ],
      }),
    ),
    environments,
    problems: keptToClients(actor) ? [] : read.problems.map(({ message, file, line }) => ({ message, file, line })),
  };
}

/** Components that exist in an environment of which the actor sees rows. */
function componentsFor(actor: Actor, configuration: Configuration | undefined): Component[] {
  const environments = (configuration?.environments ?? []).filter(({ name }) => showsRow(actor, name));
  return (configuration?.components ?? []).filter(
    (component) => !seesRowsOfClients(actor) || environments.some(({ name }) => existsIn(component, name)),
  );
}

function showsRow(actor: Actor, environment: string): boolean {
  return !seesRowsOfClients(actor) || may(actor, "environment.read", environment);
}

/** Environments in order of promotion, as pages show them. */
async function environmentViews(
  reader: RepositoryReader,
  actor: Actor,
  configuration: Configuration,
  headCommit: string,
): Promise<EnvironmentView[]> {
  const kept = keptToClients(actor);
  const environments = configuration.environments.filter(({ name }) => showsRow(actor, name));
  const views = await Promise.all(
    environments.map((environment, order) => environmentView(reader, environment, order, headCommit)),
  );
  return kept ? views.map(withoutSubject) : views;
}

function withoutSubject(view: EnvironmentView): EnvironmentView {
  return { ...view, pin: view.pin === null ? null : { ...view.pin, subject: null } };
}

async function environmentView(
  reader: RepositoryReader,
  environment: Environment,
  order: number,
  headCommit: string,
): Promise<EnvironmentView> {
  const { pin } = environment;
  const [pinned] = pin === undefined ? [] : await reader.objects.commits([pin.ref], [], 1).catch(() => []);
  return {
    name: environment.name,
    order,
    pin: pin === undefined ? null : { ref: pin.ref, label: pin.label ?? null, subject: pinned?.subject ?? null },
    approvals: environment.approvals,
    ticketRequired: environment.ticket?.required ?? false,
    ticketPattern: environment.ticket?.pattern ?? null,
    credentials: environment.credentials,
    driftEverySeconds: environment.drift.every,
    behind: pin === undefined ? 0 : await reader.objects.countBetween(pin.ref, headCommit),
  };
}
