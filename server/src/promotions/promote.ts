import { problem } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import { environmentBefore } from "@plumbline/contract/configuration/configuration";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { authorizeReading } from "../access/kept-to-clients.ts";
import { getPullRequest } from "../pull-requests/list-pull-requests.ts";
import { openGeneratedPullRequest } from "../pull-requests/opening/open-generated-pull-request.ts";
import type { PullRequestsContext } from "../pull-requests/pull-requests-context.ts";
import { findRepository } from "../repositories/find-repository.ts";
import { openReader } from "../repositories/repository-reader.ts";
import { rulesAt } from "../repositories/rules.ts";
import { writePin } from "./write-pin.ts";

/** Which environments are to run which commit of main. */
export interface PromotionRequest {
  repository: string;
  environments: readonly string[];
  /** A full commit id; where it is left out, what the environment before them runs. */
  commit?: string | undefined;
  label?: string | undefined;
  title?: string | undefined;
  ticket?: string | undefined;
}

/**
 * Opens the pull request that moves the environments' pins to a commit of main. Everything between the old and the new
 * pin counts as its change: its owners approve, those who made it do not. Throws `not_found` for a commit or an
 * environment that main does not have, `wrong_status` where the pins stand there already.
 */
export async function promote(
  context: PullRequestsContext,
  actor: Actor,
  request: PromotionRequest,
): Promise<PullRequest> {
  authorize(actor, "environment.propose");
  const repository = await findRepository(context, actor, request.repository);
  const { headCommit } = repository;
  if (headCommit === null) throw problem("wrong_status", `${repository.name} is empty.`);
  const reader = await openReader(context.caches, repository, context.forge.objects(repository));
  const { configuration } = await rulesAt(reader, headCommit);
  const commit = request.commit ?? runBefore(configuration, request.environments) ?? headCommit;
  if (!(await reader.objects.isOnMain(commit, headCommit)))
    throw problem("not_found", `${commit.slice(0, 12)} is not a commit of main; only what was merged can be promoted.`);
  const snapshot = await reader.snapshot(headCommit);
  const files: { path: string; text: string }[] = [];
  for (const name of new Set(request.environments)) {
    const environment = configuration?.environments.find((one) => one.name === name);
    const missing = () => problem("not_found", `Main declares no environment ${name}.`);
    authorizeReading(actor, name, missing);
    if (environment === undefined) throw missing();
    authorize(actor, "environment.propose", name);
    const path = `${environment.path}/environment.yaml`;
    const text = writePin((await snapshot.text(path)) ?? "", { ref: commit, label: request.label });
    files.push({ path, text });
  }
  const names = [...new Set(request.environments)];
  const what = request.label ?? commit.slice(0, 8);
  const opened = await openGeneratedPullRequest(context, actor, {
    repositoryId: repository.repositoryId,
    purpose: "promotion",
    title: request.title ?? `Promote ${what} to ${names.join(", ")}`,
    description: `Moves the pin of ${names.join(", ")} to ${commit}.`,
    content: { files },
    ticket: request.ticket,
  });
  return getPullRequest(context, actor, opened.number);
}

/**
 * The pin of the environment whose turn is before all that are promoted; undefined where it follows main, or where there is
 * none. What was merged after that pin, its own promotion included, could not go on from there.
 */
function runBefore(configuration: Configuration | undefined, names: readonly string[]): string | undefined {
  const first = configuration?.environments.find(({ name }) => names.includes(name));
  if (configuration === undefined || first === undefined) return undefined;
  return environmentBefore(configuration, first.name)?.pin?.ref;
}
