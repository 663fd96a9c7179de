import { problem } from "@plumbline/contract";
import { authorize } from "../../access/authorize.ts";
import { isNullId } from "../../forges/builtin/git.ts";
import type { PreparedPush, Push, PushedRef } from "../../forges/forge.ts";
import { repositoryWithId } from "../../repositories/find-repository.ts";
import { checkTree } from "./check-push.ts";
import { readPushWords } from "./choose-pull-request.ts";
import { preparePushedChange } from "./pushed-change.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { prepareSeed } from "./seed-main.ts";

const howTo = "Push to refs/for/main instead, which opens a pull request: git push origin HEAD:refs/for/main";

/**
 * Decides about a push. Only two things are taken: a change for refs/for/main, and once, from an administrator, the
 * first commits of an empty repository. Everything else is refused with what to do instead.
 */
export async function judgePush(context: PullRequestsContext, push: Push): Promise<PreparedPush> {
  const { actor } = push;
  authorize(actor, "repository.read");
  const [ref, ...others] = push.refs;
  if (ref === undefined || others.length > 0)
    throw problem("push_refused", `This push moves ${push.refs.length} refs; one is taken at a time.`, { next: howTo });
  const repository = await context.db.transaction(actor.organizationId, (tx) =>
    repositoryWithId(tx, push.key.repositoryId),
  );
  if (ref.ref === "refs/heads/main") {
    refuseUnlessFirst(ref, repository.headCommit);
    return prepareSeed(context, push, ref, repository);
  }
  if (!/^refs\/for\/main(?:\/|$)/.test(ref.ref)) throw problem("push_refused", refusalOf(ref), { next: howTo });
  if (isNullId(ref.to)) throw problem("push_refused", "There is nothing to delete at refs/for/main.", { next: howTo });
  const words = readPushWords(ref.ref, push.options);
  if (repository.headCommit === null)
    throw problem("push_refused", "The repository is empty: there is no main to change yet.", {
      next: "An administrator pushes its first commits: git push origin HEAD:refs/heads/main",
    });
  if ((await push.objects.treeOf(ref.to)) === undefined)
    throw problem("push_refused", "What is pushed is not a commit.", { next: howTo });
  checkTree(await push.objects.list(ref.to), context.git);
  return preparePushedChange(context, push, ref, words);
}

function refuseUnlessFirst(ref: PushedRef, head: string | null): void {
  if (isNullId(ref.to)) throw problem("push_refused", "main cannot be deleted.", { next: howTo });
  if (head === null) return;
  throw problem(
    "push_refused",
    isNullId(ref.from) || ref.from !== head
      ? "main takes no pushes."
      : "main takes no pushes: every change is planned, checked and approved in a pull request first.",
    { next: howTo },
  );
}

function refusalOf({ ref, to }: PushedRef): string {
  if (isNullId(to)) return `${ref} cannot be deleted.`;
  if (ref.startsWith("refs/for/")) return `${ref} is not known: changes are for main.`;
  return `${ref} is not kept here: there is one branch, main, and pull requests for it.`;
}
