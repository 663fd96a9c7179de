import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** Kinds of things that have a number which people see. */
export type NumberKind = "run" | "pull_request" | "drift_case" | "merge";

/** Takes the next number of a kind, counted per organization from 1. Serialised by the row's lock until the commit. */
export async function nextNumber(tx: Tx, organizationId: string, kind: NumberKind, count = 1): Promise<number> {
  const row = await tx
    .insertInto("counters")
    .values({ organization_id: organizationId, kind, value: count })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "kind"]).doUpdateSet({ value: sql`counters.value + ${count}` }),
    )
    .returning("value")
    .executeTakeFirstOrThrow();
  return Number(row.value) - count + 1;
}
