import { createHash } from "node:crypto";
import { canonicalJson, problem } from "@plumbline/contract";
import type { InputEntry } from "@plumbline/contract/jobs";
import type {
  ComponentInput,
  EngineConstraint,
  SealedReference,
} from "@plumbline/contract/configuration/configuration";
import { findComponent, findEnvironment } from "@plumbline/contract/configuration/configuration";
import { valuesFiles } from "@plumbline/contract/configuration/placement";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import { inputTree } from "@plumbline/engine/sources/input-tree";
import { directoryAt, existsAt } from "@plumbline/engine/sources/repository-state";
import type { Workspace } from "@plumbline/engine/sources/repository-state";
import type { RepositoriesContext } from "./repositories-context.ts";
import { openReader } from "./repository-reader.ts";
import type { RepositoryReader } from "./repository-reader.ts";

/** One workspace at the two commits its code and its values come from. */
export interface WorkspaceInputRequest {
  organizationId: string;
  repositoryId: string;
  codeCommit: string;
  valuesCommit: string;
  component: string;
  environment: string;
}

/** Everything that a run of a workspace reads from the repository. */
export interface WorkspaceInput {
  /** The component's directory, from the root of the tree. */
  directory: string;
  entries: InputEntry[];
  /** tfvars files in the order in which the engine is given them. */
  varFiles: string[];
  /** SHA-256, in hexadecimal, over files and everything of the configuration that decides a plan. */
  inputTree: string;
  engine: { name: EngineConstraint["name"]; constraint: string };
  inputs: ComponentInput[];
  dependsOn: string[];
  sealed: SealedReference[];
  credentials: string;
  layer: string;
  /** The environment's place in the order of promotion, from 0. */
  stage: number;
  /** Names of all environments, in order. */
  environments: string[];
}

/** Reads what a run of a workspace gets. Throws `configuration_wrong` with file and line where it cannot be read. */
export async function readWorkspaceInput(
  context: Pick<RepositoriesContext, "caches" | "forge">,
  request: WorkspaceInputRequest,
): Promise<WorkspaceInput> {
  const reader = await openReader(context.caches, request, context.forge.objects(request));
  return inputOf(reader, request);
}

/** The same through a reader that is open already. */
export async function inputOf(
  reader: RepositoryReader,
  request: Omit<WorkspaceInputRequest, "organizationId" | "repositoryId">,
): Promise<WorkspaceInput> {
  const [code, values] = await Promise.all([reader.code(request.codeCommit), reader.code(request.valuesCommit)]);
  if (code === undefined || values === undefined)
    throw await unreadable(reader, code === undefined ? request.codeCommit : request.valuesCommit);
  const component = findComponent(code.configuration, request.component);
  const environment = findEnvironment(values.configuration, request.environment);
  const name = workspaceName(request.component, request.environment);
  if (component === undefined || environment === undefined || !existsAt(code.configuration, component, environment))
    throw problem("configuration_wrong", `The configuration does not declare ${name} at this commit.`);
  const directory = directoryAt(code.configuration, component, environment);
  const workspace: Workspace = {
    name,
    component,
    environment,
    directory,
    code,
    dependsOn: component.dependsOn.map((upstream) => workspaceName(upstream, environment.name)),
    inputs: component.inputs,
  };
  const tree = await inputTree(workspace, values, reader.references);
  const [first] = tree.problems;
  if (first !== undefined)
    throw problem("configuration_wrong", `${name} cannot be run: ${first.message}.`, { places: tree.problems });
  const sealed = environment.sealed.filter(
    (reference) => reference.component === component.name || reference.component === "common",
  );
  const { engine, inputs, dependsOn } = component;
  const foreign = (component.foreignInputs ?? []).map((one) => [
    one.variable,
    one.repository,
    one.component,
    one.output,
  ]);
  const digest = canonicalJson({
    version: 1,
    files: tree.digest,
    directory,
    varFiles: tree.valueFiles,
    engine,
    inputs,
    ...(foreign.length === 0 ? {} : { foreign }),
    sealed: sealed.map(({ component: owner, variable, version, as, phases }) => [owner, variable, version, as, phases]),
    credentials: environment.credentials,
  });
  return {
    directory,
    entries: tree.files.map(({ path, mode, id }) => ({ path, mode, blob: id })),
    varFiles: tree.valueFiles,
    inputTree: createHash("sha256").update(digest).digest("hex"),
    engine: { name: engine.name, constraint: engine.version },
    inputs,
    dependsOn,
    sealed,
    credentials: environment.credentials,
    layer: component.layer,
    stage: values.configuration.environments.indexOf(environment),
    environments: values.configuration.environments.map((one) => one.name),
  };
}

async function unreadable(reader: RepositoryReader, commit: string) {
  if ((await reader.objects.treeOf(commit)) === undefined)
    return problem("not_found", `There is no commit ${commit.slice(0, 40)} in the repository.`);
  const { problems } = await reader.configuration(commit);
  const [first] = problems;
  return problem("configuration_wrong", first?.message ?? "The configuration cannot be read.", { places: problems });
}

/** The values files of a component in all environments of a commit, each once. */
export async function componentValues(
  context: Pick<RepositoriesContext, "caches" | "forge">,
  request: Pick<WorkspaceInputRequest, "organizationId" | "repositoryId" | "valuesCommit" | "component">,
): Promise<{ path: string; text: string }[]> {
  const reader = await openReader(context.caches, request, context.forge.objects(request));
  const snapshot = await reader.snapshot(request.valuesCommit);
  const { configuration } = await reader.configuration(request.valuesCommit);
  const paths = new Set(
    (configuration?.environments ?? []).flatMap((environment) => valuesFiles(environment, request.component)),
  );
  return Promise.all([...paths].map(async (path) => ({ path, text: (await snapshot.text(path)) ?? "" })));
}
