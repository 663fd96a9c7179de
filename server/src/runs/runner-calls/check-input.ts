import type { CheckInput, OrganizationPolicies } from "@plumbline/contract";
import type { RunRecord } from "../run.ts";
import type { RunsContext } from "../runs-context.ts";

function organizationPolicies(
  { repository, policyConfiguration, rego, regoTests }: Required<OrganizationPolicies>,
  withTests: boolean,
): OrganizationPolicies {
  return { repository, policyConfiguration, rego, ...(withTests ? { regoTests } : {}) };
}

/** What the checks of a run need beside its plan: rules from main (a replay: those of its commit), and the values of all environments. */
export async function checkInputOf(
  context: Pick<RunsContext, "repositories" | "sealing">,
  run: RunRecord,
): Promise<CheckInput> {
  const { repositories } = context;
  const { organizationId, workspace, codeCommit, valuesCommit } = run;
  const [rules, configuration] = await Promise.all([
    run.proposed === null
      ? repositories.readRules(organizationId, workspace.repositoryId)
      : repositories.proposedRules(organizationId, workspace.repositoryId, run.proposed),
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
  const isReplay = run.kind === "replay";
  return {
    environment: workspace.environment,
    layer: workspace.layer,
    environments: environments.map(({ name }) => name),
    policyConfiguration: rules.policyConfiguration,
    rego: rules.rego,
    ...(isReplay ? { regoTests: rules.regoTests } : {}),
    ...(rules.organization === null ? {} : { organization: organizationPolicies(rules.organization, isReplay) }),
    secretsKey: context.sealing.derive(organizationId, "code-secrets").toString("base64url"),
    values: values.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }])),
  };
}
