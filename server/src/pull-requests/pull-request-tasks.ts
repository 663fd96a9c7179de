import { z } from "zod";
import { task } from "../platform/tasks/index.ts";

const One = z.object({ organizationId: z.uuid(), pullRequestId: z.uuid() });

/** Writes the summary comment and the comments on findings anew, tells the forge and the people concerned. */
export const refreshTask = task("pull-requests.refresh", One);

/** Takes over, by a pull request, what changed in the outputs of an environment's workspaces. */
export const takeOverTask = task(
  "pull-requests.take-over",
  z.object({ organizationId: z.uuid(), repositoryId: z.uuid(), environment: z.string() }),
);

/** Has every workspace's newest plan judged by the policies that a pull request proposes. */
export const replayTask = task("pull-requests.replay", One);

/** Makes the trial merge with a newer main, and plans again what that, or other policies, change. */
export const rebaseTask = task("pull-requests.rebase", One);
