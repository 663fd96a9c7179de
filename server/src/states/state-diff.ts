import type { diffStates, ResponseOf } from "@plumbline/contract";
import { z } from "zod";

/** A resource in the difference of two states. */
export type StateDifference = ResponseOf<typeof diffStates>["resources"][number];

const Step = z.object({ type: z.string(), value: z.unknown() });
const Instance = z.object({
  index_key: z.union([z.string(), z.number()]).optional(),
  deposed: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
  sensitive_attributes: z.array(z.array(Step)).nullish(),
});
const State = z.object({
  outputs: z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean().optional() })).nullish(),
  resources: z
    .array(
      z.object({
        module: z.string().optional(),
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z.array(Instance),
      }),
    )
    .nullish(),
});

interface Entry {
  /** Path → value as JSON. */
  attributes: Map<string, string>;
  sensitive: (path: string) => boolean;
}

/** Attributes whose name says that they are secret, for engines that do not mark them in the state. */
const secretName = /(password|passwd|secret|token|private_key|access_key|credential)/i;

const longest = 500;

/**
 * What differs between two states, by resource instance and then by attribute, sorted by address. Outputs stand as
 * `output.<name>`. Values are JSON; sensitive ones (the state's `sensitive_attributes`, sensitive outputs, and names
 * that say so) are null with `sensitive: true`. `from` undefined: there was no state.
 */
export function diffStateFiles(from: Buffer | undefined, to: Buffer | undefined): StateDifference[] {
  const [before, after] = [entries(from), entries(to)];
  const addresses = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return addresses.flatMap((address): StateDifference[] => {
    const [old, now] = [before.get(address), after.get(address)];
    const action = old === undefined ? "added" : now === undefined ? "removed" : "changed";
    const paths = [...new Set([...(old?.attributes.keys() ?? []), ...(now?.attributes.keys() ?? [])])].toSorted();
    const attributes = paths
      .filter((path) => old?.attributes.get(path) !== now?.attributes.get(path))
      .map((path) => {
        const sensitive = (old?.sensitive(path) ?? false) || (now?.sensitive(path) ?? false);
        const show = (value: string | undefined) => (sensitive || value === undefined ? null : shorten(value));
        return { path, before: show(old?.attributes.get(path)), after: show(now?.attributes.get(path)), sensitive };
      });
    return action === "changed" && attributes.length === 0 ? [] : [{ address, action, attributes }];
  });
}

function entries(bytes: Buffer | undefined): Map<string, Entry> {
  const found = new Map<string, Entry>();
  if (bytes === undefined) return found;
  const state = State.parse(JSON.parse(bytes.toString("utf8")));
  for (const resource of state.resources ?? []) {
    const kind = resource.mode === "data" ? "data." : "";
    const base = `${resource.module === undefined ? "" : `${resource.module}.`}${kind}${resource.type}.${resource.name}`;
    for (const instance of resource.instances) {
      const index = instance.index_key === undefined ? "" : `[${JSON.stringify(instance.index_key)}]`;
      const deposed = instance.deposed === undefined ? "" : ` (deposed ${instance.deposed})`;
      const marked = (instance.sensitive_attributes ?? []).map((steps) => spell(steps.map((step) => step.value)));
      const attributes = new Map<string, string>();
      flatten(instance.attributes ?? {}, [], attributes);
      found.set(base + index + deposed, {
        attributes,
        sensitive: (path) => secretName.test(path) || marked.some((mark) => covers(mark, path)),
      });
    }
  }
  for (const [name, output] of Object.entries(state.outputs ?? {})) {
    const attributes = new Map([["value", JSON.stringify(output.value) ?? "null"]]);
    found.set(`output.${name}`, { attributes, sensitive: () => output.sensitive === true || secretName.test(name) });
  }
  return found;
}

function flatten(value: unknown, path: unknown[], into: Map<string, string>): void {
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0 && path.length < 12)
    for (const [key, child] of Object.entries(value))
      flatten(child, [...path, Array.isArray(value) ? Number(key) : key], into);
  else if (path.length > 0) into.set(spell(path), JSON.stringify(value) ?? "null");
}

/** `ingress[0].cidr`, `tags["a b"]`. */
function spell(path: readonly unknown[]): string {
  return path
    .map((step, index) => {
      if (typeof step !== "string") return `[${JSON.stringify(step)}]`;
      if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

function covers(mark: string, path: string): boolean {
  return path === mark || (path.startsWith(mark) && /^[.[]/.test(path.slice(mark.length)));
}

function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
