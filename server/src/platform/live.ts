import { notify } from "./database/notify.ts";
import type { Tx } from "./database/pools.ts";

/** The channel on which changes are announced, once the transaction has committed. */
export const liveChannel = "plumbline_live";

/** What travels on it. */
export interface LiveMessage {
  organizationId: string;
  topics: string[];
}

/**
 * Tells everybody who shows one of these topics to load it again: `pull-request:<n>`, `run:<n>`, `workspace:<name>`,
 * `drift-case:<n>`, `overview`, `runners`, `audit`. Sent by the commit, not before.
 */
export async function announce(tx: Tx, organizationId: string, topics: string[]): Promise<void> {
  // A notification holds 8,000 bytes; many topics at once say no more than "the overview changed".
  const distinct = [...new Set(topics)].slice(0, 60);
  await notify(tx, liveChannel, JSON.stringify({ organizationId, topics: distinct }));
}
