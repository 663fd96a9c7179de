import { createHash } from "node:crypto";

/** A stored entry's canonical text, parsed. */
export interface CanonicalEntry {
  version: number;
  event: string;
  at: string;
  actor: { kind: "person" | "runner" | "system"; id: string | null; name: string };
  action: string;
  text: string;
  workspace?: string;
  environment?: string;
  pullRequest?: number;
  run?: number;
  details: Record<string, unknown>;
}

/** RFC 6962's hash of a leaf: SHA-256(0x00 || canonical text). */
export function leafHash(canonical: string): Buffer {
  return createHash("sha256").update(Buffer.of(0)).update(canonical).digest();
}
