import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { LockedTool, OfferedTool, Sha256 } from "../tools.ts";
import { Instant } from "./common.ts";

/** A binary that was accepted once. One that was withdrawn is used by no run any more. */
export const Tool = LockedTool.extend({
  acceptedAt: Instant,
  acceptedBy: z.string(),
  withdrawnAt: Instant.nullable(),
  withdrawnBy: z.string().nullable(),
  /** Runners that have it. */
  runners: z.array(z.string()),
}).meta({ id: "Tool" });
export type Tool = z.infer<typeof Tool>;

/** A binary that runners have and nobody has accepted, or that was withdrawn. */
export const FoundTool = OfferedTool.extend({ runners: z.array(z.string()) }).meta({ id: "FoundTool" });
export type FoundTool = z.infer<typeof FoundTool>;

export const listTools = endpoint({
  id: "listTools",
  method: "GET",
  path: "/api/v1/tools",
  auth: "person",
  tag: "runners",
  summary: "Engine binaries that runs may use, and those that runners have and nobody has accepted",
  response: z.object({ items: z.array(Tool), found: z.array(FoundTool) }),
});

export const acceptTool = endpoint({
  id: "acceptTool",
  method: "POST",
  path: "/api/v1/tools",
  auth: "person",
  tag: "runners",
  summary: "Accept an engine binary by its hash; runs whose constraint it satisfies use it from now on",
  body: LockedTool,
  response: Tool,
});

export const withdrawTool = endpoint({
  id: "withdrawTool",
  method: "DELETE",
  path: "/api/v1/tools/:hash",
  auth: "person",
  tag: "runners",
  summary: "Withdraw an engine binary: no run starts with it any more",
  params: z.object({ hash: Sha256 }),
});
