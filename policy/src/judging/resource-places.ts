import type { Resource } from "../resources/resource.ts";
import { locate } from "../sources/locate.ts";
import type { SourceIndex } from "../sources/source-index.ts";

/** Where the block of each resource begins, by address; those of a module from elsewhere are shown by its call. */
export function resourcePlaces(
  index: SourceIndex,
  resources: readonly Resource[],
): Record<string, { file: string; line: number }> {
  return Object.fromEntries(
    resources.flatMap((resource) => {
      const place = locate(index, resource, undefined)?.place;
      return place === undefined ? [] : [[resource.address, { file: place.file, line: place.line }]];
    }),
  );
}
