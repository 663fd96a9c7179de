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

/** Reads the canonical text of a stored entry. */
export function readCanonical(canonical: string): CanonicalEntry {
  return JSON.parse(canonical) as CanonicalEntry;
}
