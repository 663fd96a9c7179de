import type { AnswerOf } from "../../api/endpoints.ts";

export type StateResource = AnswerOf<"listStateResources">["resources"][number];

/** A resource instance in the tree; `name` is its address within its module. */
export interface ListedResource {
  address: string;
  name: string;
}

/** Resources by module, the root module first. */
export function resourceGroups(resources: readonly StateResource[]): { module: string; items: ListedResource[] }[] {
  const groups = Map.groupBy(resources, ({ module }) => module);
  return [...groups]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([module, items]) => ({
      module,
      items: items.map(({ address }) => ({
        address,
        name: module === "" ? address : address.slice(module.length + 1),
      })),
    }));
}
