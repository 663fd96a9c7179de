import { z } from "zod";

/** Instants travel as ISO 8601 in UTC. */
export const Instant = z.iso.datetime().meta({ id: "Instant" });

/** A person as others see him. */
export const PersonRef = z.object({ name: z.string(), displayName: z.string() }).meta({ id: "PersonRef" });
export type PersonRef = z.infer<typeof PersonRef>;

/** Whether the caller may do something now, and the reason where he may not. */
export const Can = z.object({ allowed: z.boolean(), reason: z.string().nullable() }).meta({ id: "Can" });
export type Can = z.infer<typeof Can>;

/** Keyset paging: give `cursor` back to get the next page; null at the end. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), cursor: z.string().nullable() });
export const PageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Of lists and counts: only what belongs to this client's environments. What is opened from them is shown whole. */
export const ClientQuery = z.object({
  client: z.string().min(1).max(63).optional().describe("Only what belongs to environments of this client"),
});
export const NumberParam = z.object({ number: z.coerce.number().int().positive() });
export const WorkspaceParam = z.object({ workspace: z.string().max(400) });
