import { inputValuesDigest } from "@plumbline/engine/plans/plan-digest";
import type { ForeignInput, SealedReference } from "@plumbline/contract/configuration/configuration";
import { findComponent, findEnvironment } from "@plumbline/contract/configuration/configuration";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import { allRepositories } from "../repositories/find-repository.ts";
import { stateOutputs } from "../states/read-state.ts";
import type { RunRecord } from "./run.ts";
import type { RunsContext } from "./runs-context.ts";
import { plannedOutputsOf, workspaceOf } from "./output-queries.ts";

/** One input value of a run, as it was when the run got it. */
const RunInput = z.object({
  variable: z.string(),
  /** The workspace it comes from, its output, and the state version; null where it is only planned. */
  workspace: z.string(),
  /** The other repository, where it comes from one. */
  repository: z.object({ id: z.string(), name: z.string() }).optional(),
  output: z.string(),
  stateVersion: z.number().nullable(),
  value: z.json(),
  sensitive: z.boolean(),
});
export type RunInput = z.infer<typeof RunInput>;
const RunInputs = z.array(RunInput);

/** The inputs of a run: all there, or the first that is not. */
export type Inputs =
  | { ready: true; values: RunInput[]; provisional: boolean }
  | { ready: false; missing: string; upstreamPlanned: boolean };

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
  const { organizationId, workspace } = run;
  const configuration = await context.repositories.configurationAt(
    organizationId,
    workspace.repositoryId,
    run.codeCommit,
    run.valuesCommit,
  );
  const declared = configuration && findComponent(configuration, workspace.component);
  const values: RunInput[] = [];
  let provisional = false;
  for (const input of declared?.inputs ?? []) {
    const name = `${input.component}/${workspace.environment}`;
    const missing = `needs ${input.output} of ${name}`;
    const upstream = await workspaceOf(tx, workspace.repositoryId, input.component, workspace.environment);
    if (upstream === undefined)
      return { ready: false, missing: `${missing}, which does not exist yet`, upstreamPlanned: false };
    const stored = await stateOutputs(tx, context, organizationId, upstream);
    const real = stored?.outputs[input.output];
    const plannedRun = plannedBy.get(upstream);
    const planned =
      plannedRun === undefined
        ? undefined
        : (await plannedOutputsOf(tx, context, organizationId, plannedRun))[input.output];
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
  for (const input of declared?.foreignInputs ?? []) {
    const found = await collectForeign(tx, context, run, input);
    if (typeof found === "string") return { ready: false, missing: found, upstreamPlanned: false };
    values.push(found);
  }
  return { ready: true, values, provisional };
}

/**
 * The value of an output in another repository's state, which that repository's main has to offer now; or what is
 * missing. Never what a pull request there has only planned.
 */
async function collectForeign(
  tx: Tx,
  context: Pick<RunsContext, "repositories" | "sealing">,
  { organizationId, workspace }: RunRecord,
  { variable, repository: name, component, output }: ForeignInput,
): Promise<RunInput | string> {
  const full = `${name}:${component}/${workspace.environment}`;
  const missing = `needs ${output} of ${full}`;
  const repository = (await allRepositories(tx)).find((one) => one.name === name);
  const head = repository?.headCommit ?? null;
  if (repository === undefined || head === null) return `${missing}, but there is no such repository, or it is empty`;
  const main = await context.repositories.configurationAt(organizationId, repository.repositoryId, head, head);
  const offered = main?.exports?.find((one) => one.component === component)?.outputs ?? [];
  if (!offered.some((one) => one.name === output)) return `${missing}, which ${name} does not offer in its exports`;
  const upstream = await workspaceOf(tx, repository.repositoryId, component, workspace.environment);
  const stored = upstream === undefined ? undefined : await stateOutputs(tx, context, organizationId, upstream);
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

/** Where each value comes from, without the value: `platform:network/prod.vpc_id`. */
export function originsOf(
  values: readonly RunInput[],
): { variable: string; from: string; stateVersion: number | null }[] {
  return values.map(({ variable, workspace, repository, output, stateVersion }) => ({
    variable,
    from: `${repository === undefined ? "" : `${repository.name}:`}${workspace}.${output}`,
    stateVersion,
  }));
}

/** Ids of the other repositories that values come from, so that they are found again when these change. */
export function repositoriesOf(values: readonly RunInput[]): string[] {
  return [...new Set(values.flatMap(({ repository }) => repository?.id ?? []))];
}

/** Digest of everything that is given to a run beside its files: inputs, and which sealed versions it names. */
export async function inputsDigest(
  context: Pick<RunsContext, "repositories" | "sealing">,
  run: RunRecord,
  values: readonly RunInput[],
): Promise<string> {
  const sealed = (await sealedReferences(context, run)).filter(
    ({ component, phases }) => phases !== "apply" && (component === "common" || component === run.workspace.component),
  );
  return inputValuesDigest(
    [
      ...values.map(({ variable, value, sensitive }) => ({ name: `input/${variable}`, value, sensitive })),
      ...sealed.map(({ component, variable, version, as }) => ({
        name: `sealed/${component}/${as}/${variable}`,
        value: version,
        sensitive: false,
      })),
    ],
    digestKey(context, run.organizationId),
  );
}

/** What sealed.yaml of the run's values commit names. */
export async function sealedReferences(
  context: Pick<RunsContext, "repositories">,
  run: RunRecord,
): Promise<readonly SealedReference[]> {
  const { organizationId, workspace, codeCommit, valuesCommit } = run;
  const configuration = await context.repositories.configurationAt(
    organizationId,
    workspace.repositoryId,
    codeCommit,
    valuesCommit,
  );
  return (configuration && findEnvironment(configuration, workspace.environment)?.sealed) ?? [];
}

/** The organization's key that hides sensitive values in digests. */
export function digestKey(context: Pick<RunsContext, "sealing">, organizationId: string): Buffer {
  return context.sealing.derive(organizationId, "plan-digest");
}

/** Seals a run's inputs. */
export function sealInputs(context: Pick<RunsContext, "sealing">, run: RunRecord, values: readonly RunInput[]): Buffer {
  return context.sealing.seal("run-inputs", run.organizationId, run.id, Buffer.from(JSON.stringify(values)));
}

/** Opens them again. */
export function openInputs(
  context: Pick<RunsContext, "sealing">,
  run: Pick<RunRecord, "organizationId" | "id">,
  sealed: Buffer | null,
): RunInput[] {
  if (sealed === null) return [];
  const bytes = context.sealing.open("run-inputs", run.organizationId, run.id, sealed);
  return RunInputs.parse(JSON.parse(bytes.toString("utf8")));
}
