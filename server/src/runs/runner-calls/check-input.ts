import type { CheckInput, OrganizationPolicies } from "@plumbline/contract";
import type { Environment } from "@plumbline/contract/configuration/configuration";
import { valuesFiles } from "@plumbline/contract/configuration/placement";
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
  const values = await Promise.all(
    [...comparableValues(environments, workspace.component)].map(async ([path, of]) => ({
      path,
      text: await repositories.fileAt(organizationId, workspace.repositoryId, valuesCommit, path),
      of,
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
    values: values.flatMap(({ path, text, of }) => (text === null ? [] : [{ path, text, of }])),
  };
}

/** Values files of a component by path, with whose they are, and which of other environments each stands beside. */
function comparableValues(
  environments: readonly Environment[],
  component: string,
): Map<string, { environments: string[]; set: string }> {
  const found = new Map<string, { environments: string[]; set: string }>();
  for (const environment of environments) {
    let own = 0;
    for (const path of valuesFiles(environment, component)) {
      const set = path === `${environment.path}/common.tfvars` ? "common" : `${++own}`;
      const known = found.get(path) ?? { environments: [], set };
      known.environments.push(environment.name);
      found.set(path, known);
    }
  }
  return found;
}
