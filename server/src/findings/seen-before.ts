import type { Finding } from "@plumbline/contract";
import type { ResourceChange } from "@plumbline/engine/plans/plan";
import type { PolicyConfiguration } from "@plumbline/policy/configuration/policy-configuration";
import { recordedFindings } from "@plumbline/policy/gate/recorded-findings";
import type { KnownFindingRecord } from "./known-finding-store.ts";

/** Since when something has been there. */
export interface Seen {
  /** Null: nobody had looked before now. */
  firstSeenAt: Date | null;
  dueAt: Date | null;
  /** Whether what is applied has it; false for what an import is about to take in. */
  applied: boolean;
}

/** What is known when it is asked which findings are old. */
export interface SeenInput {
  known: readonly KnownFindingRecord[];
  /** Undefined where nothing was ever applied. */
  applied: object | undefined;
  /** The applied plan was judged under other policies than are in force now. */
  isOtherPolicies: boolean;
  failed: readonly Finding[];
  /** Those of them whose severity blocks: only for these it is worth a closer look. */
  severe: readonly Finding[];
  touched: ReadonlySet<Finding>;
  changes: ReadonlyMap<string, ResourceChange>;
  /** The plan as the engine printed it. */
  json: Buffer;
  configuration: PolicyConfiguration;
  workspace: { environment: string; layer: string };
}

/**
 * Which findings were there before the change. Those that an applied plan had are on record, under the former address
 * where a resource is moved. Of the others, untouched: what the rules find in the recorded state as well (a rule that is
 * newer than the last apply), what stands on a line of applied code that nobody changed, what other policies say now
 * about a resource to which nothing happens, and what a mere import takes in as it is.
 */
export async function seenBefore(input: SeenInput): Promise<Map<Finding, Seen>> {
  const seen = new Map<Finding, Seen>();
  const byFingerprint = new Map(input.known.map((known) => [known.fingerprint, known]));
  for (const finding of input.failed) {
    const known = byFingerprint.get(finding.fingerprint) ?? knownElsewhere(input, finding);
    if (known !== undefined) seen.set(finding, { firstSeenAt: known.firstSeenAt, dueAt: known.dueAt, applied: true });
  }
  const open = input.severe.filter((finding) => !seen.has(finding) && !input.touched.has(finding));
  if (open.length === 0) return seen;
  const recorded = open.some(({ address, source }) => address !== undefined && source === "plumbline")
    ? await recordedFindings(JSON.parse(input.json.toString("utf8")), input.configuration, input.workspace)
    : new Set<string>();
  for (const finding of open) {
    const unknown = { firstSeenAt: null, dueAt: null };
    if (isImported(input, finding)) seen.set(finding, { ...unknown, applied: false });
    else if (recorded.has(finding.fingerprint) || isOldByOtherMeans(input, finding))
      seen.set(finding, { ...unknown, applied: true });
  }
  return seen;
}

/** A resource that is moved keeps what is known of it under its former address. */
function knownElsewhere({ changes, known }: SeenInput, finding: Finding): KnownFindingRecord | undefined {
  const former = finding.address === undefined ? undefined : changes.get(finding.address)?.previousAddress;
  if (former === undefined) return undefined;
  return known.find(
    (one) => one.address === former && one.rule === finding.rule && one.attribute === (finding.attribute ?? null),
  );
}

/** It is in the cloud already, and is taken in without any change. */
function isImported({ changes }: SeenInput, { address }: Finding): boolean {
  const planned = address === undefined ? undefined : changes.get(address)?.change;
  return planned?.importing !== undefined && planned.actions.every((action) => action === "no-op");
}

function isOldByOtherMeans({ applied, isOtherPolicies, changes }: SeenInput, finding: Finding): boolean {
  if (applied === undefined) return false;
  if (finding.address === undefined) return finding.place !== undefined;
  const actions = changes.get(finding.address)?.change.actions ?? [];
  return isOtherPolicies && finding.source !== "plumbline" && actions.length > 0 && actions[0] === "no-op";
}
