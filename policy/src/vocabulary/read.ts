import { isObject } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { Value } from "./condition.ts";
import type { Step } from "./path.ts";

const absent: Value = { known: true, value: null };
const unknown: Value = { known: false };

/** What reading is for: a list may come from a `dynamic` block, which the plan's configuration does not show. */
export type Reading = "value" | "list";

/**
 * The value at a path. A step into a list of one takes its element, because Terraform shows a nested block that may
 * stand once as such a list. What the provider decides because the code does not set it counts as absent: its value
 * is the provider's default.
 */
export function readValue(resource: Resource, steps: readonly Step[], reading: Reading = "value"): Value {
  let value: Json | undefined = resource.values;
  let mark: Json | undefined = resource.unknown;
  for (const step of steps) {
    if (mark === true) break;
    if (typeof step === "string" && (Array.isArray(value) || Array.isArray(mark))) {
      value = Array.isArray(value) ? value[0] : undefined;
      mark = Array.isArray(mark) ? mark[0] : undefined;
    }
    value = child(value, step);
    mark = child(mark, step);
  }
  if (mark === true) return isConfigured(resource, steps, reading) ? unknown : absent;
  return { known: true, value: value ?? null };
}

function child(value: Json | undefined, step: Step): Json | undefined {
  if (typeof step === "number") return Array.isArray(value) ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function isConfigured(resource: Resource, steps: readonly Step[], reading: Reading): boolean {
  const { configured } = resource;
  if (!configured) return true;
  const [top] = steps;
  if (typeof top !== "string") return true;
  if (!Object.hasOwn(configured.expressions, top)) {
    if (configured.dynamicBlocks?.has(top)) return true;
    return reading === "list" && configured.dynamicBlocks === undefined;
  }
  // A nested block once: its own attributes can be told apart. Blocks in a set are ordered otherwise than in code.
  const nested = configured.expressions[top];
  const inner = steps.filter((step) => typeof step === "string")[1];
  if (inner === undefined || configured.dynamicBlocks?.has(top) !== false) return true;
  const blocks: JsonObject[] = Array.isArray(nested) ? nested.filter(isObject) : [];
  if (blocks.length === 0 || !Array.isArray(nested)) return true;
  return blocks.some((block) => Object.hasOwn(block, inner));
}
