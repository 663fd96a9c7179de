import type { Configuration } from "@plumbline/contract/configuration/configuration";
import { workspaces as configuredWorkspaces } from "@plumbline/contract/configuration/workspaces";

/** Where a workspace stands in a configuration. */
export interface Place {
  /** Its place in the order of promotion and dependency. */
  rank: number;
  /** Names of the workspaces that it takes something from. */
  dependsOn: readonly string[];
}

/** Places by configuration: one that was read is never changed. */
export type KnownPlaces = WeakMap<Configuration, ReadonlyMap<string, Place>>;

/** Where each workspace of a configuration stands, by name; worked out once. Without a configuration none does. */
export function placesIn(
  { places }: { places: KnownPlaces },
  configuration: Configuration | undefined,
): ReadonlyMap<string, Place> {
  if (configuration === undefined) return new Map();
  const known = places.get(configuration);
  if (known !== undefined) return known;
  const made = new Map(
    configuredWorkspaces(configuration).map(({ name, dependsOn }, rank) => [name, { rank, dependsOn }]),
  );
  places.set(configuration, made);
  return made;
}
