import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { PullRequest } from "./pull-requests.ts";

export const promote = endpoint({
  id: "promote",
  method: "POST",
  path: "/api/v1/promotions",
  auth: "person",
  tag: "pull requests",
  summary: "Open the pull request that moves environments' pins to a commit of main",
  body: z.object({
    repository: z.string().max(100),
    environments: z.array(z.string().max(200)).min(1).max(50),
    /** A full commit id of main; where it is left out, the pin of the environment before them, or main's tip where that follows main. */
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .optional(),
    label: z.string().max(100).optional(),
    title: z.string().max(200).optional(),
    ticket: z.string().max(200).optional(),
  }),
  response: PullRequest,
});
