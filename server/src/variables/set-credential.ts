import type { Credential } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { selectCredentials, upsertCredential } from "./credential-store.ts";
import type { CredentialPhase, CredentialRecord } from "./credential-store.ts";
import type { VariablesContext } from "./variables-context.ts";

/** Names that would change how the engine itself runs, or reach the state past the lease. */
const reserved =
  /^(TF_HTTP_|TF_CLI_|TF_REATTACH_PROVIDERS$|TF_WORKSPACE$|TF_DATA_DIR$|TF_LOG|LD_|PATH$|HOME$|NODE_OPTIONS$)/;

/**
 * Sets the environment variables that one phase of the runs with this credential receives, in place of those before.
 * Throws `invalid_request` for names that belong to Plumbline.
 */
export async function setCredential(
  context: VariablesContext,
  actor: Actor,
  request: { name: string; phase: CredentialPhase; variables: Record<string, string> },
): Promise<Credential> {
  authorize(actor, "credential.administer");
  const personId = actor.id;
  if (actor.kind !== "person" || personId === null) throw problem("not_allowed", "Only people set credentials.");
  const variables = Object.keys(request.variables).toSorted();
  const wrong = variables.find((name) => reserved.test(name));
  if (wrong !== undefined)
    throw problem("invalid_request", `${wrong} is set by Plumbline itself; a credential cannot hold it.`);
  const id = context.newId();
  const { name, phase } = request;
  const credential = { id, name, phase, variables, updatedAt: context.clock.now() };
  const bytes = Buffer.from(JSON.stringify(request.variables), "utf8");
  await context.db.transaction(actor.organizationId, async (tx) => {
    const sealed = context.sealing.seal("credential", actor.organizationId, id, bytes);
    await upsertCredential(tx, actor.organizationId, { ...credential, sealed, updatedBy: personId });
    await recordAudit(tx, actor, {
      action: "credential.set",
      text: `${actor.name} set the credential ${name} for ${phase}`,
      details: { name, phase, variables },
    });
  });
  return presentCredential({ ...credential, updatedBy: actor.name });
}

/** Credentials by name and phase, with the names of what they set; never a value. */
export async function listCredentials(context: VariablesContext, actor: Actor): Promise<{ items: Credential[] }> {
  authorize(actor, "credential.administer");
  const records = await context.db.transaction(actor.organizationId, selectCredentials);
  return { items: records.map(presentCredential) };
}

function presentCredential(record: CredentialRecord): Credential {
  const { name, phase, variables, updatedBy, updatedAt } = record;
  return { name, phase, variables, updatedBy, updatedAt: updatedAt.toISOString() };
}
