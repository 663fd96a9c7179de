import type { PullRequest } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { findComponent, findEnvironment, pinOf } from "@plumbline/contract/configuration/configuration";
import { existsIn } from "@plumbline/contract/configuration/placement";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { repositoryNamed } from "../repositories/find-repository.ts";
import { insertVersion, lockNewestVersion } from "./variable-store.ts";
import type { VariablesContext } from "./variables-context.ts";

/**
 * Stores a new version of a sealed variable, which nobody uses yet, and opens the pull request that puts it in use.
 * Throws `not_found` for an unknown repository, `invalid_request` where main declares neither the environment nor the
 * component.
 */
export async function setVariable(
  context: VariablesContext,
  actor: Actor,
  request: {
    repository: string;
    environment: string;
    component: string;
    name: string;
    value: string;
    ticket?: string | undefined;
  },
): Promise<{ version: number; pullRequest: PullRequest | null }> {
  authorize(actor, "variable.set", request.environment);
  const { environment, component, name } = request;
  const personId = actor.id;
  if (actor.kind !== "person" || personId === null) throw problem("not_allowed", "Only people set sealed variables.");
  const { repositoryId } = await context.db.transaction(actor.organizationId, (tx) =>
    repositoryNamed(tx, actor, request.repository),
  );
  await requireDeclared(context, actor, { repositoryId, environment, component });
  const key = { repositoryId, environment, component, name };
  const version = await context.db.transaction(actor.organizationId, async (tx) => {
    const next = (await lockNewestVersion(tx, key)) + 1;
    const id = context.newId();
    await insertVersion(tx, actor.organizationId, {
      ...key,
      id,
      version: next,
      sealed: context.sealing.seal("sealed-variable", actor.organizationId, id, Buffer.from(request.value, "utf8")),
      createdBy: personId,
      createdAt: context.clock.now(),
    });
    await recordAudit(tx, actor, {
      action: "variable.set",
      text: `${actor.name} stored version ${next} of the sealed variable ${name} (${component}) of ${environment}`,
      environment,
      details: { repository: request.repository, component, name, version: next },
    });
    return next;
  });
  const { ticket } = request;
  return { version, pullRequest: await context.openReference(actor, { ...key, version, ticket }) };
}

/** Throws unless main has what a variable is for. To who is kept to clients it names what is theirs alone. */
async function requireDeclared(
  context: VariablesContext,
  actor: Actor,
  { repositoryId, environment, component }: { repositoryId: string; environment: string; component: string },
): Promise<void> {
  const configuration = await context.mainConfiguration(actor.organizationId, repositoryId);
  if (configuration === undefined) return; // before the first push nothing can be checked
  const reads = (name: string) => !keptToClients(actor) || may(actor, "environment.read", name);
  const environments = configuration.environments.map(({ name }) => name).filter(reads);
  if (!environments.includes(environment))
    throw problem(
      "invalid_request",
      `Main declares no environment “${environment}”. It declares ${environments.join(", ")}.`,
    );
  const there = configuration.components.filter((one) => environments.some((name) => existsIn(one, name)));
  const components = there.map(({ name }) => name);
  // Values may be set before the pull request that brings the components is merged.
  if (component !== "common" && components.length > 0 && !components.includes(component))
    throw problem(
      "invalid_request",
      `Main declares no component “${component}”. It declares ${components.join(", ")}; common stands for all.`,
    );
  const declared = findComponent(configuration, component);
  const rules = findEnvironment(configuration, environment);
  const isPinned = rules !== undefined && pinOf(rules, component) !== undefined;
  // The code of a pin may have it there still.
  if (declared !== undefined && !existsIn(declared, environment) && !isPinned) {
    const where = environments.filter((name) => existsIn(declared, name));
    throw problem(
      "invalid_request",
      `The component “${component}” does not exist in ${environment}, but in ${where.join(", ")}.`,
    );
  }
}
