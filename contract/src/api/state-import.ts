import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { WorkspaceParam } from "./common.ts";
import { PullRequest } from "./pull-requests.ts";

export const importState = endpoint({
  id: "importState",
  method: "POST",
  path: "/api/v1/workspaces/:workspace/state-import",
  auth: "person",
  tag: "states",
  summary:
    "Take over an existing state: opens the pull request that proposes it. The body is the file that state pull prints",
  params: WorkspaceParam,
  query: z.object({
    title: z.string().min(1).max(200).optional(),
    description: z.string().max(2_000).optional(),
    ticket: z.string().max(200).optional(),
  }),
  consumes: "application/json",
  response: PullRequest,
});
