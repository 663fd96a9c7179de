import type { Workspace } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { findComponent, findEnvironment, pinOf } from "@plumbline/contract/configuration/configuration";
import type { Component, Configuration, Environment } from "@plumbline/contract/configuration/configuration";
import { existsIn, valuesFiles } from "@plumbline/contract/configuration/placement";
import { inputOrigin, workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import type { Tx } from "../platform/database/pools.ts";
import { summarizeRun } from "../runs/showing/present-run.ts";
import { queueOf } from "../runs/run-queries.ts";
import { proposedStateOf } from "../states/proposed-state.ts";
import { newestStateVersions } from "../states/read-state.ts";
import { workspaceByName } from "../states/workspace-ref.ts";
import { mainConfigurations, summaries } from "./list-workspaces.ts";
import { workspaceRights } from "./workspace-rights.ts";
import { takenElsewhere } from "./taken-elsewhere.ts";
import { selectWorkspaces } from "./workspace-store.ts";
import type { WorkspaceRecord } from "./workspace-store.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

const shownVersions = 20;

/** A workspace with everything its page shows. Throws `not_found`, `not_allowed`. */
export async function getWorkspace(context: WorkspacesContext, actor: Actor, name: string): Promise<Workspace> {
  const { organizationId } = actor;
  const workspace = await context.db.transaction(organizationId, async (tx) => {
    const { id } = await workspaceByName(tx, actor, name);
    const [found] = await selectWorkspaces(tx, { id });
    if (found === undefined) throw problem("not_found", `There is no workspace “${name}”.`);
    authorize(actor, "environment.read", found.environment);
    return found;
  });
  const configurations = await mainConfigurations(context, [workspace]);
  const configuration = configurations.get(workspace.repositoryId);
  const component = configuration && findComponent(configuration, workspace.component);
  const environment = configuration && findEnvironment(configuration, workspace.environment);
  const values = await valuesOf(context, workspace, environment);
  const elsewhere = await takenElsewhere(context, workspace, configuration);
  return context.db.transaction(organizationId, async (tx) => {
    const [summary] = await summaries(tx, context, [workspace], configurations);
    if (summary === undefined) throw problem("not_found", `There is no workspace “${name}”.`);
    const proposed = await proposedStateOf(tx, workspace.id);
    return {
      ...summary,
      ...declared(workspace, configuration, component, environment, elsewhere),
      values,
      sealedVariables: await sealedOf(tx, context, workspace, environment),
      appliedCommit: workspace.appliedCommit,
      appliedAt: workspace.appliedAt?.toISOString() ?? null,
      frozen: workspace.frozen === null ? null : { ...workspace.frozen, at: workspace.frozen.at.toISOString() },
      driftEverySeconds: workspace.driftEverySeconds,
      nextCheckAt: workspace.nextCheckAt?.toISOString() ?? null,
      queue: (await queueOf(tx, workspace.id)).map(summarizeRun),
      stateVersions: await newestStateVersions(tx, workspace.id, shownVersions),
      stateProposedBy: proposed?.pullRequest ?? null,
      can: workspaceRights(actor, workspace, proposed?.pullRequest),
    };
  });
}

/** What main's configuration says of it; empty where it declares it no more. */
function declared(
  workspace: WorkspaceRecord,
  configuration: Configuration | undefined,
  component: Component | undefined,
  environment: Environment | undefined,
  elsewhere: readonly { output: string; workspace: string }[],
): Pick<Workspace, "pin" | "engine" | "inputs" | "dependents" | "outputsUsed" | "credentials"> {
  const pin = environment && pinOf(environment, workspace.component);
  const place = environment?.places.pin ?? environment?.places.environment;
  const engine = component?.engine ?? configuration?.engine;
  const dependents = (configuration?.components ?? []).filter(
    (other) => other.dependsOn.includes(workspace.component) && existsIn(other, workspace.environment),
  );
  return {
    pin:
      pin === undefined
        ? null
        : {
            ref: pin.ref,
            label: pin.label ?? null,
            file: place?.file ?? `${environment?.path}/environment.yaml`,
            line: place?.line ?? null,
          },
    engine: { name: engine?.name ?? "terraform", constraint: engine?.version ?? "" },
    inputs: [...(component?.inputs ?? []), ...(component?.foreignInputs ?? [])].map((input) => ({
      variable: input.variable,
      from: inputOrigin(input, workspace.environment),
    })),
    dependents: [
      ...dependents.map((other) => workspaceName(other.name, workspace.environment)),
      ...new Set(elsewhere.map((taken) => taken.workspace)),
    ],
    outputsUsed: [
      ...dependents.flatMap((other) =>
        other.inputs
          .filter((input) => input.component === workspace.component)
          .map(({ output }) => ({ output, workspace: workspaceName(other.name, workspace.environment) })),
      ),
      ...elsewhere,
    ],
    credentials: environment?.credentials ?? null,
  };
}

async function valuesOf(
  context: WorkspacesContext,
  workspace: WorkspaceRecord,
  environment: Environment | undefined,
): Promise<Workspace["values"]> {
  const paths = environment === undefined ? [] : valuesFiles(environment, workspace.component);
  const files = await Promise.all(
    paths.map(async (file) => ({
      file,
      text: await context.mainFile(workspace.organizationId, workspace.repositoryId, file),
    })),
  );
  return files.flatMap(({ file, text }) => (text === null ? [] : [{ file, text }]));
}

async function sealedOf(
  tx: Tx,
  context: WorkspacesContext,
  workspace: WorkspaceRecord,
  environment: Environment | undefined,
): Promise<Workspace["sealedVariables"]> {
  const mine = (environment?.sealed ?? []).filter(
    ({ component }) => component === workspace.component || component === "common",
  );
  if (mine.length === 0) return [];
  const times = await context.variableTimes(tx, workspace.repositoryId, workspace.environment);
  return mine.map(({ component, variable, version }) => ({
    name: variable,
    component,
    version,
    setAt: times.get(`${component} ${variable} ${version}`)?.toISOString() ?? null,
  }));
}
