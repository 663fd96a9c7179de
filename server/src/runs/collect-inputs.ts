import type { ComponentInput, ForeignInput } from "@plumbline/contract/configuration/configuration";
import { findComponent } from "@plumbline/contract/configuration/configuration";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import { allRepositories } from "../repositories/find-repository.ts";
import type { Repository } from "../repositories/repository.ts";
import type { RunInput } from "./inputs.ts";
import { readUpstreams } from "./output-queries.ts";
import type { UpstreamName, Upstreams } from "./output-queries.ts";
import type { RunRecord } from "./run.ts";
import type { RunsContext } from "./runs-context.ts";

/** The inputs of a run: all there, or the first that is not. */
export type Inputs =
  | { ready: true; values: RunInput[]; provisional: boolean }
  | { ready: false; missing: string; upstreamPlanned: boolean };

/** A run whose inputs are wanted, and which plan runs (by workspace) its upstreams are planned by. */
export interface InputsWanted {
  run: RunRecord;
  plannedBy: ReadonlyMap<string, string>;
}

/**
 * Collects the values that a run's component takes from others of its environment: planned outputs of the plan runs in
 * `plannedBy` (workspace id → run id), else outputs of the state. Provisional where a planned value differs from the
 * state's. From other repositories come outputs of states only.
 */
export async function collectInputs(
  tx: Tx,
  context: Pick<RunsContext, "repositories" | "sealing">,
  run: RunRecord,
  plannedBy: ReadonlyMap<string, string> = new Map(),
): Promise<Inputs> {
  const [inputs] = await collectInputsOfAll(tx, context, [{ run, plannedBy }]);
  if (inputs === undefined) throw new Error(`nothing was collected for run ${run.number}`);
  return inputs;
}

/** The same for many runs of one organization, in their order. */
export async function collectInputsOfAll(
  tx: Tx,
  context: Pick<RunsContext, "repositories" | "sealing">,
  wanted: readonly InputsWanted[],
): Promise<Inputs[]> {
  const organizationId = wanted[0]?.run.organizationId ?? "";
  const declared: (Component | undefined)[] = [];
  for (const { run } of wanted) declared.push(await componentOf(context, run));
  const hasForeign = declared.some((component) => (component?.foreignInputs ?? []).length > 0);
  const repositories = new Map((hasForeign ? await allRepositories(tx) : []).map((one) => [one.name, one]));
  const names = wanted.flatMap(({ run: { workspace } }, at) => [
    ...(declared[at]?.inputs ?? []).map(({ component }) => inSame(workspace, component)),
    ...(declared[at]?.foreignInputs ?? []).flatMap(({ repository, component }) => {
      const there = repositories.get(repository);
      return there === undefined ? [] : [inSame({ ...workspace, repositoryId: there.repositoryId }, component)];
    }),
  ]);
  const planRunIds = wanted.flatMap(({ plannedBy }) => [...plannedBy.values()]);
  const upstreams = await readUpstreams(tx, context, organizationId, names, planRunIds);
  const collected: Inputs[] = [];
  for (const [at, one] of wanted.entries()) {
    const own = collectOwn(one, declared[at]?.inputs ?? [], upstreams);
    const foreign = declared[at]?.foreignInputs ?? [];
    collected.push(own.ready ? await withForeign(context, one.run, own, foreign, repositories, upstreams) : own);
  }
  return collected;
}

type Component = NonNullable<ReturnType<typeof findComponent>>;

async function componentOf(
  context: Pick<RunsContext, "repositories">,
  { organizationId, workspace, codeCommit, valuesCommit }: RunRecord,
): Promise<Component | undefined> {
  const configuration = await context.repositories.configurationAt(
    organizationId,
    workspace.repositoryId,
    codeCommit,
    valuesCommit,
  );
  return configuration && findComponent(configuration, workspace.component);
}

function inSame({ repositoryId, environment }: UpstreamName, component: string): UpstreamName {
  return { repositoryId, component, environment };
}

/** The values from the run's own repository. */
function collectOwn(
  { run: { workspace }, plannedBy }: InputsWanted,
  inputs: readonly ComponentInput[],
  upstreams: Upstreams,
): Inputs {
  const values: RunInput[] = [];
  let provisional = false;
  for (const input of inputs) {
    const name = `${input.component}/${workspace.environment}`;
    const missing = `needs ${input.output} of ${name}`;
    const upstream = upstreams.idOf(inSame(workspace, input.component));
    if (upstream === undefined)
      return { ready: false, missing: `${missing}, which does not exist yet`, upstreamPlanned: false };
    const stored = upstreams.outputsOf(upstream);
    const real = stored?.outputs[input.output];
    const plannedRun = plannedBy.get(upstream);
    const planned = plannedRun === undefined ? undefined : upstreams.plannedBy(plannedRun)[input.output];
    if (planned !== undefined) {
      if (!planned.known) return { ready: false, missing: `${missing}, known after apply`, upstreamPlanned: true };
      const same = real !== undefined && JSON.stringify(real.value) === JSON.stringify(planned.value);
      provisional ||= !same;
      const stateVersion = same ? (stored?.version ?? null) : null;
      const { value, sensitive } = planned;
      values.push({ variable: input.variable, workspace: name, output: input.output, stateVersion, value, sensitive });
    } else if (real === undefined || stored === undefined) {
      const why = stored === undefined ? "which was never applied" : "which has no such output";
      return { ready: false, missing: `${missing}, ${why}`, upstreamPlanned: plannedRun !== undefined };
    } else {
      const value = z.json().parse(real.value);
      const { version, sensitive } = { version: stored.version, sensitive: real.sensitive };
      values.push({
        variable: input.variable,
        workspace: name,
        output: input.output,
        stateVersion: version,
        value,
        sensitive,
      });
    }
  }
  return { ready: true, values, provisional };
}

async function withForeign(
  context: Pick<RunsContext, "repositories">,
  run: RunRecord,
  own: Extract<Inputs, { ready: true }>,
  inputs: readonly ForeignInput[],
  repositories: ReadonlyMap<string, Repository>,
  upstreams: Upstreams,
): Promise<Inputs> {
  const values = [...own.values];
  for (const input of inputs) {
    const found = await collectForeign(context, run, input, repositories.get(input.repository), upstreams);
    if (typeof found === "string") return { ready: false, missing: found, upstreamPlanned: false };
    values.push(found);
  }
  return { ...own, values };
}

/**
 * The value of an output in another repository's state, which that repository's main has to offer now; or what is
 * missing. Never what a pull request there has only planned.
 */
async function collectForeign(
  context: Pick<RunsContext, "repositories">,
  { organizationId, workspace }: RunRecord,
  { variable, repository: name, component, output }: ForeignInput,
  repository: Repository | undefined,
  upstreams: Upstreams,
): Promise<RunInput | string> {
  const full = `${name}:${component}/${workspace.environment}`;
  const missing = `needs ${output} of ${full}`;
  const head = repository?.headCommit ?? null;
  if (repository === undefined || head === null) return `${missing}, but there is no such repository, or it is empty`;
  const main = await context.repositories.configurationAt(organizationId, repository.repositoryId, head, head);
  const offered = main?.exports?.find((one) => one.component === component)?.outputs ?? [];
  if (!offered.some((one) => one.name === output)) return `${missing}, which ${name} does not offer in its exports`;
  const upstream = upstreams.idOf(inSame({ ...workspace, repositoryId: repository.repositoryId }, component));
  const stored = upstream === undefined ? undefined : upstreams.outputsOf(upstream);
  const real = stored?.outputs[output];
  if (stored === undefined || real === undefined)
    return `${missing}, ${stored === undefined ? "which was never applied" : "which has no such output"}`;
  return {
    variable,
    workspace: `${component}/${workspace.environment}`,
    repository: { id: repository.repositoryId, name },
    output,
    stateVersion: stored.version,
    value: z.json().parse(real.value),
    sensitive: real.sensitive,
  };
}
