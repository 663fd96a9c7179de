import { canonicalJson } from "@plumbline/contract/canonical-json";
import type { Finding } from "@plumbline/contract/findings";
import { withoutIndexes } from "../resources/resource.ts";

/** What a plan does to one resource; values as the engine prints them. */
export interface PlannedChange {
  address: string;
  change: {
    actions: readonly string[];
    before: unknown;
    after: unknown;
    /** The shape of the value, `true` where it is known only after apply. */
    afterUnknown: unknown;
  };
}

/**
 * Whether a plan touches what a finding is about: its resource is made anew, or the attribute that it names changes. A
 * finding without attribute is touched by every change of its resource; one that names a block, by what happens to any
 * instance of it; one that names neither a resource nor a place may be about anything that changes.
 */
export function touchedByPlan(
  { address = "", attribute, place }: Pick<Finding, "address" | "attribute" | "place">,
  changes: ReadonlyMap<string, PlannedChange>,
): boolean {
  const planned = changes.get(address);
  if (planned !== undefined) return changesAttribute(planned, attribute);
  const all = [...changes.values()];
  const instances = address === "" ? [] : all.filter((one) => withoutIndexes(one.address) === address);
  if (instances.length > 0) return instances.some((one) => changesAttribute(one, attribute));
  return place === undefined && all.some((one) => changesAttribute(one, undefined));
}

/** Whether a resource is made anew, or this attribute of it changes; without one, whether anything of it does. */
export function changesAttribute({ change }: PlannedChange, attribute: string | undefined): boolean {
  const { actions, before, after, afterUnknown } = change;
  if (actions.includes("create")) return true;
  if (!actions.includes("update")) return false;
  const name = topName(attribute);
  if (name === undefined) return true;
  return (
    isUnknown(member(afterUnknown, name)) ||
    canonicalJson(member(before, name) ?? null) !== canonicalJson(member(after, name) ?? null)
  );
}

/** Changes by address. A deposed object, which is only on its way out, does not stand for the one that stays. */
export function changesByAddress<Change extends PlannedChange & { deposed?: string }>(
  changes: readonly Change[],
): Map<string, Change> {
  return new Map(changes.filter(({ deposed }) => deposed === undefined).map((change) => [change.address, change]));
}

/** A resource of a plan as people see it. */
export interface ShownChange {
  address: string;
  action: string;
  attributes: readonly { path: string }[];
}

/** The same from the plan as it is shown, where the plan itself is not at hand. */
export function touchedByView(
  finding: Pick<Finding, "address" | "attribute">,
  resources: ReadonlyMap<string, ShownChange>,
): boolean {
  const shown = finding.address === undefined ? undefined : resources.get(finding.address);
  if (shown === undefined) return false;
  if (shown.action !== "update") return shown.action === "create" || shown.action === "replace";
  const name = topName(finding.attribute);
  return name === undefined || shown.attributes.some(({ path }) => topName(path) === name);
}

function topName(attribute: string | undefined): string | undefined {
  return /^[^.[]+/.exec(attribute ?? "")?.[0];
}

/** Whether a line that a finding names, its own or one of those that cause it, is among the changed ones. */
export function touchedByLines(
  finding: Pick<Finding, "place" | "chain">,
  changed: (file: string) => ChangedLines | undefined,
): boolean {
  const places = finding.place === undefined ? finding.chain : [finding.place, ...finding.chain];
  return places.some(({ file, line }) => {
    const lines = changed(file);
    return lines === "all" || lines?.has(line) === true;
  });
}

/** Numbers of the lines of a file that a change adds or alters; `all` where it is too large to tell. */
export type ChangedLines = ReadonlySet<number> | "all";

/** Reads the lines of the new file that a unified diff adds, without the headers of files. */
export function linesOfPatch(patch: string | null): ChangedLines {
  if (patch === null) return "all";
  const lines = new Set<number>();
  let at = 0;
  for (const text of patch.split("\n")) {
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(text);
    if (hunk) at = Number(hunk[1]);
    else if (text.startsWith("+")) lines.add(at++);
    else if (text.startsWith(" ")) at++;
  }
  return lines;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

/** Whether anything within is known only after apply. */
function isUnknown(mask: unknown): boolean {
  if (typeof mask !== "object" || mask === null) return mask === true;
  return Object.values(mask).some(isUnknown);
}
