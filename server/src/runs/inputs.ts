import { inputValuesDigest } from "@plumbline/engine/plans/plan-digest";
import type { SealedReference } from "@plumbline/contract/configuration/configuration";
import { findEnvironment } from "@plumbline/contract/configuration/configuration";
import { z } from "zod";
import type { RunRecord } from "./run.ts";
import type { RunsContext } from "./runs-context.ts";

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
