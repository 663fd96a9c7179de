import type { Resource } from "../resources/resource.ts";
import { blockOf, frameAt } from "../sources/source-index.ts";
import type { SourceIndex } from "../sources/source-index.ts";
import type { ScannerFinding } from "./scanner.ts";

/** Finds the resources that results of scanners are about. */
export type Resolve = (finding: ScannerFinding) => Resource[];

/**
 * By address; where the scanner looked at sources, also the file has to be the resource's own, since two root modules may
 * have the same address. What names no resource is about the one in whose block it stands.
 */
export function resolver(resources: readonly Resource[], index: SourceIndex): Resolve {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const blocks = resources.flatMap((resource) => {
    const { frame, complete } = frameAt(index, resource.moduleAddress);
    const block = complete ? blockOf(frame.module, resource.type, resource.name) : undefined;
    return block ? [{ resource, ...block.place }] : [];
  });
  const fileOf = new Map(blocks.map(({ resource, file }) => [resource.address, file]));
  const byFile = Map.groupBy(blocks, ({ file }) => file);
  return ({ addresses, place }) => {
    const named = addresses.flatMap((address) => byAddress.get(address) ?? []);
    if (place === undefined) return named;
    const inFile = named.filter(({ address }) => fileOf.get(address) === place.file);
    if (inFile.length > 0) return inFile;
    return (byFile.get(place.file) ?? [])
      .filter(({ line, endLine = line }) => line <= place.line && place.line <= endLine)
      .map(({ resource }) => resource);
  };
}
