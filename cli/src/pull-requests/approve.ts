import { approvePullRequest, getPullRequest, listPullRequestPlans, problem } from "@plumbline/contract";
import type { PullRequest, WorkspacePlan } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { planLines } from "../runs/plan-lines.ts";
import { makePrintable, printableLine } from "../terminal/clean.ts";
import { lookOf } from "../terminal/look.ts";
import { confirm } from "../terminal/prompt.ts";
import { plural } from "../terminal/words.ts";
import { gateLines } from "./gate-lines.ts";
import { pullRequestLines } from "./pull-request-lines.ts";

export interface ApproveOptions {
  meaning: string;
  digest?: string[];
  yes?: boolean;
}

interface Named {
  workspace: string;
  digest: string;
}

/**
 * `plumb prs approve`: shows the plans, asks, and signs the digests of exactly those. What changes between showing and
 * signing is refused by the server, because the digests are no longer the newest.
 */
export async function approvePr(context: Context, number: number, options: ApproveOptions): Promise<void> {
  const named = (options.digest ?? []).map(readNamed);
  if (options.yes !== true && !context.terminal.isTerminal.stdin)
    throw new UsageFault("An approval is confirmed on a terminal.", "In scripts give --yes.");
  const client = await context.client();
  const params = { number };
  const [shown, plans] = await Promise.all([
    client.call(getPullRequest, { params }),
    client.call(listPullRequestPlans, { params, query: {} }),
  ]);
  const chosen = choose(toApprove(shown, plans.items), named);
  const look = lookOf(context.terminal, "stderr");
  const lines = makePrintable({ shown, chosen });
  // On stderr: what a script reads on stdout is the outcome. Nobody reads it where JSON is wanted and nothing is asked.
  if (!context.json || options.yes !== true)
    for (const line of [
      ...pullRequestLines(lines.shown, look),
      ...lines.chosen.flatMap((plan) => planLines(plan, look)),
      "",
    ])
      context.say(line);
  const digests = chosen.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  // What is only taken out, or renamed, has no plan before the merge.
  if (digests.length === 0 && shown.affected.some(({ run }) => run !== null))
    throw problem("wrong_status", `#${number} has no plan with a digest yet: there is nothing to approve.`, {
      next: "Wait for its plans; plumb prs show says how far they are.",
    });
  const count = digests.length === 0 ? "this change, which plans nothing" : plural(digests.length, "plan");
  if (options.yes !== true)
    await confirm(context.terminal, `Sign “${printableLine(options.meaning)}” for ${count}? Type yes: `, "yes");
  const approved = await client.call(approvePullRequest, {
    params,
    body: { meaning: options.meaning, digests },
  });
  context.print(approved, (answer, stdoutLook) => [
    `Approved #${answer.number}: ${count}.`,
    answer.sentence,
    ...gateLines(
      answer.gate.filter(({ met }) => !met),
      stdoutLook,
    ).filter(() => answer.gate.some(({ met }) => !met)),
  ]);
}

/** The plans that wait for a yes: all before the merge, after it those of runs that are held. */
function toApprove({ status, affected }: PullRequest, plans: readonly WorkspacePlan[]): readonly WorkspacePlan[] {
  if (status === "open") return plans.filter(({ digest }) => digest !== null);
  const held = new Set(affected.flatMap((one) => (one.applyStatus === "held" ? [one.workspace] : [])));
  return plans.filter(({ workspace }) => held.has(workspace));
}

/** The plans to sign: all, or those named, whose digests must be the newest ones. */
function choose(plans: readonly WorkspacePlan[], named: readonly Named[]): WorkspacePlan[] {
  if (named.length === 0) return [...plans];
  return named.map(({ workspace, digest }) => {
    const plan = plans.find((one) => one.workspace === workspace);
    if (plan === undefined) throw problem("not_found", `There is no plan of ${workspace} to approve now.`);
    if (plan.digest !== digest)
      throw problem("plan_changed", `The digest of ${workspace} is ${plan.digest ?? "not known yet"}, not ${digest}.`);
    return plan;
  });
}

function readNamed(text: string): Named {
  const at = text.lastIndexOf("=");
  if (at < 1 || at === text.length - 1)
    throw new UsageFault(`“${text}” is no workspace with a digest.`, "Write it like network/prod=DIGEST.");
  return { workspace: text.slice(0, at), digest: text.slice(at + 1) };
}
