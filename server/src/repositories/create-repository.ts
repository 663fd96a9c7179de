import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { RepositoriesContext } from "./repositories-context.ts";
import type { Repository } from "./repository.ts";
import { insertRepository, repositoryByName } from "./repository-store.ts";
import { repositoryNamed } from "./find-repository.ts";

/** Makes an empty repository on the built-in forge. Throws `conflict` where the name is taken. */
export async function createRepository(context: RepositoriesContext, actor: Actor, name: string): Promise<Repository> {
  authorize(actor, "repository.create");
  const { organizationId } = actor;
  const repositoryId = context.newId();
  return context.db.transaction(organizationId, async (tx) => {
    if ((await repositoryByName(tx, name)) !== undefined)
      throw problem("already_exists", `There is a repository named ${name} already.`);
    await insertRepository(tx, { organizationId, repositoryId, name, forge: "builtin" });
    // Before the commit: a row without a repository would be worse than a repository without a row.
    await context.forge.create({ organizationId, repositoryId });
    const created = await repositoryNamed(tx, actor, name);
    await recordAudit(tx, actor, {
      action: "repository.created",
      text: `${actor.name} created the repository ${name}`,
      details: { repository: name, repositoryId },
    });
    return created;
  });
}
