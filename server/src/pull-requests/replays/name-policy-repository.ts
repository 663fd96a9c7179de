import { problem } from "@plumbline/contract";
import type { PolicyRepository } from "@plumbline/contract";
import { readPolicies } from "@plumbline/policy/configuration/read-policies";
import { regoFileKind } from "@plumbline/policy/rego/policy-files";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { keptToClients } from "../../access/kept-to-clients.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { announce } from "../../platform/live.ts";
import { repositoryNamed } from "../../repositories/find-repository.ts";
import { keepPolicyRepository, organizationRulesAt, policyRepository } from "../../repositories/policy-repository.ts";
import type { Repository } from "../../repositories/repository.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { rejudgeOrganization } from "./rejudge-organization.ts";

/** The organization's policy repository, and what is wrong with its policy file. */
export async function getPolicyRepository(context: PullRequestsContext, actor: Actor): Promise<PolicyRepository> {
  authorize(actor, "repository.read");
  if (keptToClients(actor)) return { repository: null, policies: 0, problems: [] };
  const found = await context.db.transaction(actor.organizationId, policyRepository);
  return found === undefined ? { repository: null, policies: 0, problems: [] } : describe(context, found);
}

async function describe(context: PullRequestsContext, repository: Repository): Promise<PolicyRepository> {
  const organization = await organizationRulesAt(context, repository, repository.headCommit);
  const { problems } = readPolicies({ policyConfiguration: null, organization });
  return {
    repository: repository.name,
    policies: (organization?.rego ?? []).filter(({ path }) => regoFileKind(path) === "policy").length,
    problems: problems.map(({ message, file, line }) => ({ message, file, line })),
  };
}

/**
 * Names the repository whose policies hold for every repository of the organization, or none. Open pull requests are
 * judged again. Throws `not_found`, and `configuration_wrong` where its policy file is: no plan could be judged by it.
 */
export async function setPolicyRepository(
  context: PullRequestsContext,
  actor: Actor,
  name: string | null,
): Promise<PolicyRepository> {
  authorize(actor, "organization.administer");
  const { organizationId } = actor;
  if (name !== null) {
    const named = await context.db.transaction(organizationId, (tx) => repositoryNamed(tx, actor, name));
    const { problems } = await describe(context, named);
    const [first] = problems;
    if (first !== undefined)
      throw problem("configuration_wrong", `${first.file}:${first.line}: ${first.message}`, {
        places: problems.map(({ file, line }) => ({ file, line })),
        next: `Mend it in ${named.name} by a pull request, then name the repository.`,
      });
  }
  await context.db.transaction(organizationId, async (tx) => {
    const before = await policyRepository(tx);
    const repository = name === null ? null : await repositoryNamed(tx, actor, name);
    if (before?.repositoryId === repository?.repositoryId) return;
    await keepPolicyRepository(tx, organizationId, repository, context.clock.now());
    await rejudgeOrganization(tx, undefined);
    await announce(tx, organizationId, ["overview"]);
    await recordAudit(tx, actor, {
      action: "organization.policy_repository_named",
      text:
        repository === null
          ? `${actor.name} said that no repository has policies for the organization any more`
          : `${actor.name} said that ${repository.name} has the policies for the organization`,
      details: { before: before?.name ?? null, after: repository?.name ?? null },
    });
  });
  return getPolicyRepository(context, actor);
}
