import { comparePatchSets as comparison } from "@plumbline/contract/api/patch-sets";
import * as policies from "@plumbline/contract/api/policy-repository";
import * as importing from "@plumbline/contract/api/state-import";
import { getReplay } from "@plumbline/contract/api/replay";
import * as contract from "@plumbline/contract/api/pull-requests";
import type { Actor } from "../access/actor.ts";
import { forClient } from "../access/for-client.ts";
import { authorize } from "../access/authorize.ts";
import { bodiesAsBytes, bytesOf } from "../platform/http/bodies.ts";
import type { Api } from "../platform/http/register.ts";
import { register } from "../platform/http/register.ts";
import { findRepository } from "../repositories/find-repository.ts";
import { approvePullRequest } from "./approving/approve-pull-request.ts";
import { closePullRequest } from "./close-pull-request.ts";
import { addComment, listComments } from "./comments/comments.ts";
import { comparePatchSets } from "./patch-sets/compare-patch-sets.ts";
import { getPullRequest, listPullRequests } from "./list-pull-requests.ts";
import { mergePullRequest } from "./merging/merge-pull-request.ts";
import { importState } from "./opening/import-state.ts";
import { openPullRequestWithoutCommits } from "./opening/open-pull-request.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";
import { listChangedFiles, listPlans, readTimeline } from "./patch-sets/read-plans.ts";
import { getPolicyRepository, setPolicyRepository } from "./replays/name-policy-repository.ts";
import { readReplay } from "./replays/read-replay.ts";
import { replanPullRequest } from "./patch-sets/replan-pull-request.ts";
import { revertPullRequest } from "./opening/revert-pull-request.ts";
import { setTicket } from "./set-ticket.ts";
import { withdrawApproval } from "./approving/withdraw-approval.ts";

/** Adds the routes of pull requests. */
export function pullRequestRoutes(api: Api<Actor>, context: PullRequestsContext): void {
  register(api, contract.listPullRequests, ({ actor, query }) =>
    listPullRequests(context, forClient(actor, query.client), query),
  );
  register(api, contract.getPullRequest, ({ actor, params }) => getPullRequest(context, actor, params.number));
  register(api, contract.listPullRequestPlans, async ({ actor, params, query }) => ({
    items: await listPlans(context, actor, params.number, query.workspace),
  }));
  register(api, contract.listChangedFiles, async ({ actor, params }) => ({
    items: await listChangedFiles(context, actor, params.number),
  }));
  register(api, comparison, ({ actor, params, query }) => comparePatchSets(context, actor, params.number, query));
  register(api, contract.listComments, async ({ actor, params }) => ({
    items: await listComments(context, actor, params.number),
  }));
  register(api, contract.addComment, ({ actor, params, body }) => addComment(context, actor, params.number, body));
  register(api, policies.getPolicyRepository, ({ actor }) => getPolicyRepository(context, actor));
  register(api, policies.setPolicyRepository, ({ actor, body }) =>
    setPolicyRepository(context, actor, body.repository),
  );
  register(api, getReplay, async ({ actor, params }) => readReplay(context, actor, params.number));
  register(api, contract.getTimeline, async ({ actor, params }) => ({
    items: await readTimeline(context, actor, params.number),
  }));
  register(api, contract.openPullRequest, async ({ actor, body }) => {
    authorize(actor, "environment.propose");
    const { repositoryId } = await findRepository(context, actor, body.repository);
    const { number } = await openPullRequestWithoutCommits(context, actor, { ...body, repositoryId });
    return getPullRequest(context, actor, number);
  });
  void api.app.register(async (scope) => {
    const most = context.states.maxStateBytes;
    bodiesAsBytes(scope, most);
    register(
      { ...api, app: scope },
      importing.importState,
      ({ actor, params, query, request }) =>
        importState(context, actor, params.workspace, bytesOf(request.body), query),
      { bodyBytes: most },
    );
  });
  register(api, contract.approvePullRequest, ({ actor, params, body }) =>
    approvePullRequest(context, actor, params.number, body),
  );
  register(api, contract.withdrawApproval, ({ actor, params }) => withdrawApproval(context, actor, params.number));
  register(api, contract.mergePullRequest, ({ actor, params }) => mergePullRequest(context, actor, params.number));
  register(api, contract.closePullRequest, ({ actor, params }) => closePullRequest(context, actor, params.number));
  register(api, contract.replanPullRequest, ({ actor, params }) => replanPullRequest(context, actor, params.number));
  register(api, contract.revertPullRequest, ({ actor, params }) => revertPullRequest(context, actor, params.number));
  register(api, contract.setTicket, ({ actor, params, body }) => setTicket(context, actor, params.number, body.ticket));
}
