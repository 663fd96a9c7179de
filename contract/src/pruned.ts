import { z } from "zod";
import { Instant } from "./api/common.ts";

/** That retention took something of a run away: when, and how many days after the run had ended. */
export const Pruned = z.object({ at: Instant, afterDays: z.int() }).meta({ id: "Pruned" });
export type Pruned = z.infer<typeof Pruned>;

/** What of a run retention has taken away; what is there has no key. */
export const PrunedParts = z.object({ log: Pruned.optional(), plan: Pruned.optional() }).meta({ id: "PrunedParts" });
export type PrunedParts = z.infer<typeof PrunedParts>;
