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
export async function announce(tx: Tx, organizationId: string, topics: readonly string[]): Promise<void> {
  for (const some of inParts([...new Set(topics)]))
    await notify(tx, liveChannel, JSON.stringify({ organizationId, topics: some }));
}

/** A notification holds 8,000 bytes; some are left for the organization's id. */
const mostBytes = 7_500;

/** The topics in as few messages as hold them, in their order. */
function inParts(topics: readonly string[]): string[][] {
  const parts: string[][] = [];
  let bytes = mostBytes;
  for (const topic of topics) {
    const size = Buffer.byteLength(JSON.stringify(topic)) + 1;
    if (bytes + size > mostBytes) {
      parts.push([]);
      bytes = 0;
    }
    bytes += size;
    parts.at(-1)?.push(topic);
  }
  return parts;
}
