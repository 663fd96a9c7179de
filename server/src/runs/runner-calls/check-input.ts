import type { CheckInput, OrganizationPolicies } from "@plumbline/contract";
import type { Configuration, Environment } from "@plumbline/contract/configuration/configuration";
import { findComponent, pinOf } from "@plumbline/contract/configuration/configuration";
import { directoryIn, existsIn, valuesFiles } from "@plumbline/contract/configuration/placement";
import { isTemplate } from "@plumbline/contract/configuration/template";
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
    [...comparableValues(run, configuration)].map(async ([path, { commit, ...of }]) => ({
      path,
      text: await repositories.fileAt(organizationId, workspace.repositoryId, commit, path),
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

interface Comparable {
  environments: string[];
  /** Those of one set are compared with each other. */
  set: string;
  commit: string;
}

/**
 * Values files of a run's component in all environments, by path. Where each environment has a directory of the component,
 * the values that the engine reads there by itself are the environment's too, and come with its code.
 */
function comparableValues(
  { workspace, codeCommit, valuesCommit }: RunRecord,
  configuration: Configuration | undefined,
): Map<string, Comparable> {
  const found = new Map<string, Comparable>();
  const add = (path: string, environment: Environment, set: string, commit: string) => {
    const known = found.get(path) ?? { environments: [], set, commit };
    known.environments.push(environment.name);
    found.set(path, known);
  };
  const component = configuration && findComponent(configuration, workspace.component);
  for (const environment of configuration?.environments ?? []) {
    const [own, common] = partition(environment, workspace.component);
    for (const path of common) add(path, environment, "common", valuesCommit);
    for (const [index, path] of own.entries()) add(path, environment, `own ${index + 1}`, valuesCommit);
    if (component === undefined || !isTemplate(component.path) || !existsIn(component, environment.name)) continue;
    const pinned = pinOf(environment, component.name)?.ref ?? valuesCommit;
    const commit = environment.name === workspace.environment ? codeCommit : pinned;
    add(`${directoryIn(component, environment.name)}/terraform.tfvars`, environment, "terraform", commit);
  }
  return found;
}

function partition(environment: Environment, component: string): [own: string[], common: string[]] {
  const all = valuesFiles(environment, component);
  const isCommon = (path: string) => path === `${environment.path}/common.tfvars`;
  return [all.filter((path) => !isCommon(path)), all.filter(isCommon)];
}
