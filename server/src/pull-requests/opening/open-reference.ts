import type { PullRequest } from "@plumbline/contract";
import { isMap, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { Actor } from "../../access/actor.ts";
import { repositoryWithId } from "../../repositories/find-repository.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import { getPullRequest } from "../list-pull-requests.ts";
import { openGeneratedPullRequest } from "./open-generated-pull-request.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";

/** The version of a sealed variable that an environment is to use. */
export interface SealedReferenceChange {
  repositoryId: string;
  environment: string;
  /** A component's name, or `common`. */
  component: string;
  name: string;
  version: number;
  ticket?: string | undefined;
}

/**
 * Opens the pull request that makes `environments/<environment>/sealed.yaml` name a version of a sealed variable. Null
 * where main is empty or names it already.
 */
export async function openReference(
  context: PullRequestsContext,
  actor: Actor,
  change: SealedReferenceChange,
): Promise<PullRequest | null> {
  const repository = await context.db.transaction(actor.organizationId, (tx) =>
    repositoryWithId(tx, change.repositoryId),
  );
  if (repository.headCommit === null) return null;
  const reader = await openReader(context.caches, repository, context.forge.objects(repository));
  const path = `environments/${change.environment}/sealed.yaml`;
  const before = (await (await reader.snapshot(repository.headCommit)).text(path)) ?? "";
  const text = writeReference(before, change);
  if (text === null) return null;
  const opened = await openGeneratedPullRequest(context, actor, {
    repositoryId: change.repositoryId,
    purpose: "change",
    title: `Use version ${change.version} of ${change.name} (${change.component}) in ${change.environment}`,
    description: "A new version of a sealed variable was stored. Nobody uses it before this is merged and applied.",
    content: { files: [{ path, text }] },
    ticket: change.ticket,
  });
  return getPullRequest(context, actor, opened.number);
}

/** The text of sealed.yaml with the reference; null where it stands there. Comments and other keys stay. */
function writeReference(
  text: string,
  change: Pick<SealedReferenceChange, "component" | "name" | "version">,
): string | null {
  const document: Document = parseDocument(text);
  if (!isMap(document.contents)) document.contents = document.createNode({});
  const at = [change.component, change.name, "version"];
  if (document.getIn(at) === change.version) return null;
  document.setIn(at, change.version);
  return document.toString({ lineWidth: 0 });
}
