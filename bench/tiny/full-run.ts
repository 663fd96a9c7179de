import { setTimeout as sleep } from "node:timers/promises";
import { getPullRequest } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import { approve, describe, merge, pushForReview } from "../../e2e/src/world/acts.ts";
import type { Clone } from "../../e2e/src/world/git.ts";
import { tinyValues } from "./tiny-code.ts";
import { valuesFile } from "./tiny-world.ts";
import type { TinyWorld } from "./tiny-world.ts";

// Every question costs the server some milliseconds, which are in the figures: a page asks only when it was told to.
const askEvery = 1000;

/** Changes one workspace as people do: push, plan, checks, approval, merge, apply. Answers the applied pull request. */
export async function fullRun(tiny: TinyWorld, clone: Clone, component: string, note: string): Promise<PullRequest> {
  const number = await pushChange(clone, component, note);
  await reached(tiny, number, "waits");
  await approve(tiny.lab.as("owner"), number);
  await merge(tiny.lab.as("owner"), number);
  return reached(tiny, number, "applied");
}

/** Pushes a change of one workspace's values for review and answers the pull request's number. */
export async function pushChange(clone: Clone, component: string, note: string): Promise<number> {
  await clone.must("fetch", "--quiet", "origin", "main");
  await clone.must("reset", "--quiet", "--hard", "origin/main");
  clone.write(valuesFile(component), tinyValues(component, note));
  await clone.commit(`Note ${note} in ${component}`);
  return pushForReview(clone, { topic: `${component}-${note}` });
}

/** Asks for the pull request now and then until it is in that state. */
export async function reached(tiny: TinyWorld, number: number, state: "waits" | "applied"): Promise<PullRequest> {
  for (let tries = 0; tries < 300; tries++) {
    await sleep(askEvery);
    const seen = await tiny.lab.as("owner").call(getPullRequest, { params: { number } });
    if (seen.state === state) return seen;
    if (["failed", "blocked", "held", "unapplied", "closed"].includes(seen.state)) break;
  }
  throw new Error(await describe(tiny.lab.as("owner"), number));
}
