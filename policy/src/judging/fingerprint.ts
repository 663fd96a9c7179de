import { createHash } from "node:crypto";

/** What a finding is about, as far as it tells it from every other in the same workspace. */
export interface FindingIdentity {
  rule: string;
  /** Address of the resource, or `file:<path>` for rules over sources. */
  subject: string;
  attribute?: string;
  /** Tells elements of one list, or hits in one file, apart. */
  detail?: string;
}

/**
 * SHA-256 in hex over rule, address, attribute and what tells list elements apart. Positions in lists and line numbers
 * do not enter, so that reordering and moving code keeps it.
 */
export function fingerprint(identity: FindingIdentity): string {
  const { rule, subject, attribute = "", detail = "" } = identity;
  return createHash("sha256")
    .update(JSON.stringify([rule, subject, attribute.replaceAll(/\[\d+\]/g, ""), detail]))
    .digest("hex");
}
