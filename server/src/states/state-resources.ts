import type { StateResource } from "@plumbline/contract";
import { z } from "zod";

const State = z.object({
  outputs: z.record(z.string(), z.unknown()).nullish(),
  resources: z
    .array(
      z.object({
        module: z.string().optional(),
        mode: z.enum(["managed", "data"]),
        type: z.string(),
        name: z.string(),
        instances: z.array(
          z.object({ index_key: z.union([z.string(), z.number()]).nullish(), deposed: z.string().optional() }),
        ),
      }),
    )
    .nullish(),
});

/** Addresses of everything a state holds (format version 4), sorted, and the names of its outputs; never a value. */
export function stateInventory(bytes: Buffer): { resources: StateResource[]; outputs: string[] } {
  const state = State.parse(JSON.parse(bytes.toString("utf8")));
  const resources = (state.resources ?? []).flatMap(({ module = "", mode, type, name, instances }) =>
    instances.map(({ index_key: key, deposed }): StateResource => {
      const base = `${module === "" ? "" : `${module}.`}${mode === "data" ? "data." : ""}${type}.${name}`;
      const index = key === undefined || key === null ? "" : `[${JSON.stringify(key)}]`;
      return {
        address: `${base}${index}${deposed === undefined ? "" : ` (deposed ${deposed})`}`,
        module,
        mode,
        type,
      };
    }),
  );
  return {
    resources: resources.toSorted((left, right) => (left.address < right.address ? -1 : 1)),
    outputs: Object.keys(state.outputs ?? {}).toSorted(),
  };
}
