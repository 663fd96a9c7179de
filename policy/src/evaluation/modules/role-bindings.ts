import { ListValue, MapValue, SetValue, Unknown } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/**
 * What `data.google_iam_policy` encodes, from its arguments as a map with lists of blocks: who has which role. A part that
 * is not known is unknown by itself; undefined where not even the bindings are. Audit settings are left out.
 * https://cloud.google.com/iam/docs/reference/rest/v1/Policy
 */
export function roleBindings(body: MapValue): MapValue | undefined {
  const blocks = body.entries.get("binding");
  if (blocks === undefined) return new MapValue([["bindings", new ListValue([])]]);
  if (!(blocks instanceof ListValue)) return undefined;
  return new MapValue([["bindings", new ListValue(blocks.items.map(bindingOf))]]);
}

function bindingOf(block: Value): Value {
  if (!(block instanceof MapValue)) return new Unknown();
  const members = block.entries.get("members") ?? null;
  const listed = members instanceof SetValue ? new ListValue(members.items) : members;
  return new MapValue([
    ["members", listed],
    ["role", block.entries.get("role") ?? null],
  ]);
}
