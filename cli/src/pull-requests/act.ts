import {
  closePullRequest,
  mergePullRequest,
  replanPullRequest,
  revertPullRequest,
  withdrawApproval,
} from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { outcomeLines } from "./outcome.ts";

const acts = {
  withdraw: { endpoint: withdrawApproval, done: "Your approvals are taken back" },
  merge: { endpoint: mergePullRequest, done: "Merged" },
  replan: { endpoint: replanPullRequest, done: "Planning again" },
  close: { endpoint: closePullRequest, done: "Closed" },
  revert: { endpoint: revertPullRequest, done: "The reverting pull request" },
} as const;

/** `plumb prs withdraw|merge|replan|close|revert` */
export async function act(context: Context, name: keyof typeof acts, number: number): Promise<void> {
  const client = await context.client();
  const { endpoint, done } = acts[name];
  const answer = await client.call(endpoint, { params: { number } });
  context.print(answer, (shown, look) => outcomeLines(done, shown, look));
}
