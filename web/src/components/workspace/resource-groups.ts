import type { AnswerOf } from "../../api/endpoints.ts";

type Resource = AnswerOf<"listStateResources">["resources"][number];

/** Resources by module, the root module first; `name` is the address within its module. */
export function resourceGroups(
  resources: readonly Resource[],
): { module: string; items: { address: string; name: string }[] }[] {
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
