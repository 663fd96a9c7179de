import { createHash } from "node:crypto";
import { canonicalJson } from "@plumbline/contract";
import type { Encoding, HmacKey } from "./encode.ts";
import { encode, encodeUnknown } from "./encode.ts";
import type { JsonValue } from "./json.ts";
import type { Change, Plan, ResourceChange } from "./plan.ts";

/** Rises when the same plan would give another digest. */
const planDigestVersion = 1;

/** Everything a plan digest covers. */
export interface PlanDigestInput {
  /** Digest of the files the workspace consists of (`inputTree`). */
  inputTree: string;
  /** Digest of its input values (`inputValuesDigest`). */
  inputValues: string;
  /** SHA-256 of the engine's binary. */
  engineHash: string;
  /** Hashes of the lock file by provider source address. */
  providerHashes: Readonly<Record<string, string | readonly string[]>>;
  plan: Plan;
  hmacKey: HmacKey;
}

/**
 * What an approval names: SHA-256, in hexadecimal, over canonical JSON of the inputs and of what the plan changes. The
 * order of resources, times, serials, the prior state and drift do not count. Resources and outputs that stay as they
 * are (`no-op`, neither moved nor imported) do not count either: what they hold is what was found outside.
 */
export function planDigest(input: PlanDigestInput): string {
  const { plan, hmacKey } = input;
  const encoding = { hmacKey, timestamp: plan.timestamp };
  const document = {
    version: planDigestVersion,
    inputTree: input.inputTree,
    inputValues: input.inputValues,
    engine: input.engineHash,
    providers: Object.fromEntries(
      Object.entries(input.providerHashes).map(([provider, hashes]) => [
        provider,
        typeof hashes === "string" ? [hashes] : [...new Set(hashes)].toSorted(),
      ]),
    ),
    resources: plan.resourceChanges
      .filter(isEffective)
      .map((resource) => encodeResource(resource, encoding))
      .toSorted(byAddress),
    outputs: [...plan.outputChanges]
      .filter(([, change]) => !isNoop(change))
      .map(([name, change]) => ({ address: name, ...encodeChange(change, encoding) }))
      .toSorted(byAddress),
  };
  return sha256(canonicalJson(document));
}

/** Digest of the input values of a run, in any order. Sensitive ones count by their HMAC under the organization's key. */
export function inputValuesDigest(
  values: readonly { name: string; value: JsonValue; sensitive: boolean }[],
  hmacKey: HmacKey,
): string {
  const encoded = values
    .map(({ name, value, sensitive }) => ({ address: name, sensitive, value: encode(value, sensitive, { hmacKey }) }))
    .toSorted(byAddress);
  return sha256(canonicalJson({ version: planDigestVersion, values: encoded }));
}

/** Whether a resource is touched at all: changed, moved, imported or read. */
export function isEffective(resource: ResourceChange): boolean {
  return (
    !isNoop(resource.change) ||
    resource.change.importing !== undefined ||
    (resource.previousAddress !== undefined && resource.previousAddress !== resource.address)
  );
}

/** Whether a change leaves everything as it is. */
export function isNoop(change: Change): boolean {
  return change.actions.every((action) => action === "no-op");
}

/** A resource's change for canonical JSON: what a digest says of it. */
export function encodeResource(resource: ResourceChange, encoding: Encoding): EncodedResource {
  return {
    address: resource.address,
    deposed: resource.deposed,
    previousAddress: resource.previousAddress,
    replacePaths: resource.change.replacePaths.map((path) => canonicalJson(encode(path, false, encoding))).toSorted(),
    importing: encode(resource.change.importing, false, encoding),
    ...encodeChange(resource.change, encoding),
  };
}

/** A resource's change as it enters a digest. */
export interface EncodedResource {
  address: string;
  deposed: string | undefined;
  previousAddress: string | undefined;
  replacePaths: string[];
  importing: unknown;
  actions: string[];
  before: unknown;
  after: unknown;
  afterUnknown: unknown;
}

function encodeChange(change: Change, encoding: Encoding) {
  return {
    actions: change.actions,
    before: encode(change.before, change.beforeSensitive, { hmacKey: encoding.hmacKey }),
    after: encode(change.after, change.afterSensitive, encoding),
    afterUnknown: encodeUnknown(change.afterUnknown),
  };
}

interface Addressed {
  address: string;
  deposed?: string | undefined;
}

function byAddress(left: Addressed, right: Addressed): number {
  return compare(left.address, right.address) || compare(left.deposed ?? "", right.deposed ?? "");
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
