import type { StateResource } from "@plumbline/contract";
import { z } from "zod";

const State = z.object({
  outputs: z.record(z.string(), z.object({ sensitive: z.boolean().nullish() })).nullish(),
  resources: z
    .array(
      z.object({
        module: z.string().optional(),
        mode: z.enum(["managed", "data"]),
        type: z.string(),
        name: z.string(),
        instances: z.array(
          z.object({
            index_key: z.union([z.string(), z.number()]).nullish(),
            deposed: z.string().optional(),
            dependencies: z.array(z.string()).nullish(),
          }),
        ),
      }),
    )
    .nullish(),
});

/** What a state holds, by address, and its outputs; never a value. */
export interface StateInventory {
  resources: StateResource[];
  outputs: { name: string; sensitive: boolean }[];
}

/** The addresses of everything in a state (format version 4), sorted, with what each was made from. */
export function stateInventory(bytes: Buffer): StateInventory {
  const state = State.parse(JSON.parse(bytes.toString("utf8")));
  const resources = (state.resources ?? []).flatMap(({ module = "", mode, type, name, instances }) =>
    instances.map(({ index_key: key, deposed, dependencies }): StateResource => {
      const named = `${mode === "data" ? "data." : ""}${type}.${name}`;
      const index = key === undefined || key === null ? "" : `[${JSON.stringify(key)}]`;
      return {
        address: `${within(module, named)}${index}${deposed === undefined ? "" : ` (deposed ${deposed})`}`,
        resource: within(withoutKeys(module), named),
        module,
        mode,
        type,
        dependsOn: (dependencies ?? []).toSorted(),
      };
    }),
  );
  return {
    resources: resources.toSorted((left, right) => (left.address < right.address ? -1 : 1)),
    outputs: Object.entries(state.outputs ?? {})
      .map(([name, { sensitive }]) => ({ name, sensitive: sensitive === true }))
      .toSorted((left, right) => (left.name < right.name ? -1 : 1)),
  };
}

function within(module: string, name: string): string {
  return module === "" ? name : `${module}.${name}`;
}

/** `module.backup["a.b"]` is `module.backup` in the code, and in what a state says of dependencies. */
function withoutKeys(module: string): string {
  return module.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}
