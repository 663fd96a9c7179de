import { z } from "zod";

/** The engines whose binaries an organization accepts. */
export const ToolName = z.enum(["terraform", "tofu"]);
export type ToolName = z.infer<typeof ToolName>;

/** `linux_amd64`: operating system and architecture as releases of both engines name them. */
export const Platform = z
  .string()
  .regex(/^[a-z0-9]{1,20}_[a-z0-9]{1,20}$/, "is an operating system and an architecture: linux_amd64");

/** `1.11.4`, `1.12.0-rc1`, as the engine itself says it. */
export const ToolVersion = z
  .string()
  .max(60)
  .regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9A-Za-z.-]{1,40})?$/, "is a whole version such as 1.11.4");

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "is a SHA-256 in hex");

/** A binary by what it is. The hash is over the file itself. */
export const OfferedTool = z.object({ name: ToolName, version: ToolVersion, platform: Platform, sha256: Sha256 });
export type OfferedTool = z.infer<typeof OfferedTool>;

/** The release that a binary was taken from: its file name, by which mirrors know it, and its hash. */
export const ToolArchive = z.object({
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/, "is a plain file name"),
  sha256: Sha256,
});
export type ToolArchive = z.infer<typeof ToolArchive>;

/** An accepted binary: one line of the tool lock. */
export const LockedTool = OfferedTool.extend({
  /** Where it was found or fetched from, for people. */
  source: z.string().min(1).max(500),
  /** Null where it was found as it is: then no runner can fetch it. */
  archive: ToolArchive.nullable(),
});
export type LockedTool = z.infer<typeof LockedTool>;

/** `tools.lock.json`: what one installation accepts, to be carried to another. */
export const ToolLock = z.strictObject({ version: z.literal(1), tools: z.array(LockedTool).max(1_000) });
export type ToolLock = z.infer<typeof ToolLock>;
