import { randomBytes } from "node:crypto";
import { canonicalJson } from "@plumbline/contract";
import type { JsonValue } from "./json.ts";
import { isObject } from "./json.ts";
import { childMask, covers } from "./masks.ts";
import type { Change, Plan } from "./plan.ts";
import { encodeResource, isEffective, isNoop } from "./plan-digest.ts";

/** What keeps a new plan from counting as the rest of an approved one. Empty: every remaining change was approved. */
export interface RemainingChanges {
  isSubset: boolean;
  /** Addresses of resources, and `output.<name>`, whose change was not approved. */
  unapproved: string[];
}

/**
 * Whether everything a new plan would change was approved with an earlier one, so that a failed apply may go on without
 * a new approval. A change is the same when action, before, after and replaced paths are; where the approved plan said
 * "known after apply", any value counts, since that is what applying the approved plan would have filled in.
 */
export function remainingChangesSubset(newPlan: Plan, approvedPlan: Plan): RemainingChanges {
  // Both plans are in memory: sensitive values are compared under a key that lives for this call only.
  const hmacKey = randomBytes(32);
  const same = (left: unknown, right: unknown) => canonicalJson(left ?? null) === canonicalJson(right ?? null);
  const approved = new Map(approvedPlan.resourceChanges.map((resource) => [keyOf(resource), resource]));
  const unapproved: string[] = [];
  for (const resource of newPlan.resourceChanges.filter(isEffective)) {
    const before = approved.get(keyOf(resource));
    const isSame =
      before !== undefined &&
      isEffective(before) &&
      same(
        { ...encodeResource(resource, { hmacKey }), after: null, afterUnknown: null },
        { ...encodeResource(before, { hmacKey }), after: null, afterUnknown: null },
      ) &&
      refines(resource.change, before.change, newPlan.timestamp, approvedPlan.timestamp);
    if (!isSame) unapproved.push(resource.address);
  }
  for (const [name, change] of newPlan.outputChanges) {
    if (isNoop(change)) continue;
    const before = approvedPlan.outputChanges.get(name);
    const isSame =
      before !== undefined &&
      same(change.actions.includes("delete"), before.actions.includes("delete")) &&
      refines(change, before, newPlan.timestamp, approvedPlan.timestamp);
    if (!isSame) unapproved.push(`output.${name}`);
  }
  return { isSubset: unapproved.length === 0, unapproved: unapproved.toSorted() };
}

function keyOf(resource: { address: string; deposed?: string }): string {
  return JSON.stringify([resource.address, resource.deposed ?? null]);
}

/** Whether `next.after` is what was approved, unknown values filled in or still unknown. */
function refines(next: Change, approved: Change, now: string | undefined, then: string | undefined): boolean {
  if (covers(next.afterSensitive) !== covers(approved.afterSensitive)) return false;
  const visit = (
    value: JsonValue | undefined,
    unknown: JsonValue,
    expected: JsonValue | undefined,
    free: JsonValue,
  ): boolean => {
    if (free === true) return true;
    if (unknown === true) return false;
    if (Array.isArray(value) && Array.isArray(expected))
      return (
        value.length === expected.length &&
        value.every((item, index) => visit(item, childMask(unknown, index), expected[index], childMask(free, index)))
      );
    if (isObject(value) && isObject(expected)) {
      const keys = new Set([...Object.keys(value), ...Object.keys(expected), ...maskKeys(unknown), ...maskKeys(free)]);
      return [...keys].every((key) =>
        visit(own(value, key), childMask(unknown, key), own(expected, key), childMask(free, key)),
      );
    }
    return spell(value, now) === spell(expected, then);
  };
  return visit(next.after, next.afterUnknown, approved.after, approved.afterUnknown);
}

function own(value: { [key: string]: JsonValue }, key: string): JsonValue | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function maskKeys(mask: JsonValue): string[] {
  return isObject(mask) ? Object.keys(mask) : [];
}

function spell(value: JsonValue | undefined, timestamp: string | undefined): string {
  const text = JSON.stringify(value ?? null);
  return timestamp === undefined ? text : text.replaceAll(timestamp, "\u0000");
}
