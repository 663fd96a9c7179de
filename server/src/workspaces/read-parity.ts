import { problem } from "@plumbline/contract";
import type { ComponentParity, ResponseOf, WorkspaceSummary, getParity as endpoint } from "@plumbline/contract";
import { findEnvironment, pinOf } from "@plumbline/contract/configuration/configuration";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { seesRowsOfClients } from "../access/kept-to-clients.ts";
import { appliedEngines } from "../runs/applied-engines.ts";
import { mainConfigurations, summaries } from "./list-workspaces.ts";
import { countVerdicts, parityRows } from "./parity.ts";
import type { ParitySide } from "./parity-side.ts";
import { openValues } from "./read-values.ts";
import type { ValuesReader } from "./read-values.ts";
import { declaringRepository, selectWorkspaces } from "./workspace-store.ts";
import type { WorkspaceRecord } from "./workspace-store.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

type Parity = ResponseOf<typeof endpoint>;

/**
 * How the environments that the actor may read differ, component by component. Throws `not_found` where there is no
 * such repository or component, `configuration_wrong` where its main cannot be read.
 */
export async function readParity(
  context: WorkspacesContext,
  actor: Actor,
  query: {
    repository?: string | undefined;
    component?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<Parity> {
  authorize(actor, "environment.read");
  const from = Number(query.cursor ?? 0);
  if (!Number.isInteger(from) || from < 0) throw problem("invalid_request", "The cursor is not one of this list.");
  const { organizationId } = actor;
  const first = await context.db.transaction(organizationId, (tx) => declaringRepository(tx, query.repository));
  if (first === undefined)
    throw problem(
      "not_found",
      query.repository === undefined
        ? "No repository declares a workspace yet."
        : `The repository “${query.repository}” is not there, or main declares no workspace.`,
    );
  const reader = await openValues(context.code, organizationId, first.id);
  if (reader === undefined)
    throw problem("configuration_wrong", `Main of ${first.name} is empty, or its configuration is wrong.`);
  const environments = reader.configuration.environments.filter(({ name }) => may(actor, "environment.read", name));
  const components = reader.configuration.components.filter(
    ({ name }) => query.component === undefined || name === query.component,
  );
  if (query.component !== undefined && components.length === 0)
    throw problem("not_found", `${first.name} has no component “${query.component}”.`);
  const until = from + query.limit;
  const shown = components.slice(from, until).map(({ name }) => name);
  const found = await context.db.transaction(organizationId, (tx) =>
    selectWorkspaces(tx, { repository: first.name, components: shown }),
  );
  const readable = found.filter(
    ({ environment, declared }) => declared && environments.some(({ name }) => name === environment),
  );
  return {
    repository: first.name,
    environments: environments.map(({ name, pin }) => ({
      name,
      pin: pin === undefined ? null : { ref: pin.ref, label: pin.label ?? null },
    })),
    // How many other clients there are is not to be told, or was not asked.
    hidden: seesRowsOfClients(actor) ? 0 : reader.configuration.environments.length - environments.length,
    components: await compareComponents(context, actor, reader, readable),
    cursor: components.length > until ? String(until) : null,
  };
}

async function compareComponents(
  context: WorkspacesContext,
  actor: Actor,
  reader: ValuesReader,
  workspaces: readonly WorkspaceRecord[],
): Promise<ComponentParity[]> {
  const configurations = await mainConfigurations(context, workspaces);
  const names = new Set(workspaces.map(({ environment }) => environment));
  const { states, engines, times } = await context.db.transaction(actor.organizationId, async (tx) => {
    const setAt = new Map<string, ReadonlyMap<string, Date>>();
    for (const name of names) setAt.set(name, await context.variableTimes(tx, workspaces[0]?.repositoryId ?? "", name));
    return {
      states: new Map((await summaries(tx, context, workspaces, configurations)).map((one) => [one.name, one])),
      engines: await appliedEngines(
        tx,
        workspaces.map(({ id }) => id),
      ),
      times: setAt,
    };
  });
  const order = reader.configuration.environments.map(({ name }) => name);
  const answers: ComponentParity[] = [];
  for (const { name: component, layer } of reader.configuration.components) {
    const mine = workspaces
      .filter((workspace) => workspace.component === component)
      .toSorted((left, right) => order.indexOf(left.environment) - order.indexOf(right.environment));
    if (mine.length === 0) continue;
    const sides = await Promise.all(
      mine.map((workspace) => sideOf(reader, workspace, engines, times.get(workspace.environment) ?? new Map())),
    );
    const rows = parityRows(sides.filter((side) => side !== undefined));
    answers.push({
      component,
      layer,
      workspaces: mine.flatMap(({ name }) => presentState(states.get(name))),
      counts: countVerdicts(rows),
      rows,
    });
  }
  return answers;
}

async function sideOf(
  reader: ValuesReader,
  workspace: WorkspaceRecord,
  engines: ReadonlyMap<string, string>,
  times: ReadonlyMap<string, Date>,
): Promise<ParitySide | undefined> {
  const environment = findEnvironment(reader.configuration, workspace.environment);
  if (environment === undefined) return undefined;
  return {
    environment: workspace.environment,
    values: await reader.read(environment, workspace.component, times),
    pin: pinOf(environment, workspace.component),
    engineVersion: engines.get(workspace.id),
    resources: workspace.resources,
  };
}

function presentState(summary: WorkspaceSummary | undefined): ComponentParity["workspaces"] {
  if (summary === undefined) return [];
  const { environment, name, state, severity } = summary;
  return [{ environment, name, state, severity }];
}
