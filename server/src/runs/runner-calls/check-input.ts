import type { CheckInput } from "@plumbline/contract";
import type { RunRecord } from "../run.ts";
import type { RunsContext } from "../runs-context.ts";

/** What the checks of a run need beside its plan: rules from main (a replay: those of its commit), and the values of all environments. */
export async function checkInputOf(
  context: Pick<RunsContext, "repositories" | "sealing">,
  run: RunRecord,
): Promise<CheckInput> {
  const { repositories } = context;
  const { organizationId, workspace, codeCommit, valuesCommit } = run;
  const [rules, configuration] = await Promise.all([
    run.rulesCommit === null
      ? repositories.readRules(organizationId, workspace.repositoryId)
      : repositories.rulesAt(organizationId, workspace.repositoryId, run.rulesCommit),
    repositories.configurationAt(organizationId, workspace.repositoryId, codeCommit, valuesCommit),
  ]);
  const environments = configuration?.environments ?? [];
  const paths = environments.flatMap((environment) =>
    ["common", workspace.component]
      .filter((name) => environment.values.includes(name))
      .map((name) => `${environment.path}/${name}.tfvars`),
  );
  const values = await Promise.all(
    paths.map(async (path) => ({
      path,
      text: await repositories.fileAt(organizationId, workspace.repositoryId, valuesCommit, path),
    })),
  );
  return {
    environment: workspace.environment,
    layer: workspace.layer,
    environments: environments.map(({ name }) => name),
    policyConfiguration: rules.policyConfiguration,
    rego: rules.rego,
    ...(run.kind === "replay" ? { regoTests: rules.regoTests } : {}),
    secretsKey: context.sealing.derive(organizationId, "code-secrets").toString("base64url"),
    values: values.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }])),
  };
}
