import { referenceCache } from "@plumbline/engine/sources/closure";
import type { ReferenceCache } from "@plumbline/engine/sources/closure";
import type { CodeSnapshot, RepositoryState } from "@plumbline/engine/sources/repository-state";
import { missingPins } from "@plumbline/engine/sources/repository-state";
import type { RepositoryKey, RepositoryObjects } from "../forges/forge.ts";
import { boundedCache } from "../platform/bounded-cache.ts";
import type { BoundedCache } from "../platform/bounded-cache.ts";
import type { Rules } from "./repository-rules.ts";
import { configurationDigest, readConfigurationOf } from "./read-configuration-at.ts";
import type { ConfigurationAt } from "./read-configuration-at.ts";
import { readListing, snapshotOf } from "./snapshot.ts";
import type { Listing, Snapshot } from "./snapshot.ts";

/** Reads one repository at any commit. Everything is named by commit ids, so nothing that was read goes stale. */
export interface RepositoryReader {
  key: RepositoryKey;
  objects: RepositoryObjects;
  references: ReferenceCache;
  snapshot(commit: string): Promise<Snapshot>;
  /** What the configuration files of one commit say. */
  configuration(commit: string): Promise<ConfigurationAt>;
  /** The rules of one commit, made once. */
  rules(commit: string, make: () => Promise<Rules>): Promise<Rules>;
  /** A commit with its configuration; undefined where there is no such commit or its configuration is wrong. */
  code(commit: string): Promise<CodeSnapshot | undefined>;
  /** A commit with all that its pins name; undefined where its configuration is wrong. */
  state(commit: string): Promise<RepositoryState | undefined>;
}

/** What was read lately of all repositories. Bounded. */
export interface RepositoryCaches {
  listings: BoundedCache<Listing>;
  configurations: BoundedCache<ConfigurationAt>;
  rules: BoundedCache<Rules>;
  references: BoundedCache<ReferenceCache>;
}

/** Files of all listings together: some 30 MB. */
const mostFiles = 60_000;
/** Components of all configurations together: some 30 MB. */
const mostComponents = 20_000;
/** What judging one push reads: main, the push, what both are pinned to. */
const atOnce = 8;

/** Makes the caches. */
export function repositoryCaches(): RepositoryCaches {
  return {
    listings: boundedCache({
      entries: 32,
      weight: { most: mostFiles, weigh: ({ entries }) => entries.length, butLast: atOnce },
    }),
    configurations: boundedCache({
      entries: 200,
      weight: {
        most: mostComponents,
        weigh: ({ configuration }) => configuration?.components.length ?? 0,
        butLast: 2 * atOnce, // each stands under its commit and under what it was read from
      },
    }),
    rules: boundedCache({ entries: 50 }),
    references: boundedCache({ entries: 50 }),
  };
}

/** Opens a repository for reading; `objects` may see those of a push that is not accepted yet. */
export async function openReader(
  caches: RepositoryCaches,
  key: RepositoryKey,
  objects: RepositoryObjects,
): Promise<RepositoryReader> {
  const scope = `${key.organizationId}/${key.repositoryId}`;
  const references = await caches.references.get(scope, async () => referenceCache());
  const snapshot = async (commit: string) =>
    snapshotOf(objects, commit, await caches.listings.get(`${scope}/${commit}`, () => readListing(objects, commit)));
  const componentNames = async (commit: string) => {
    if ((await objects.treeOf(commit)) === undefined) return undefined;
    const { configuration } = await caches.configurations.get(`${scope}/${commit}/alone`, async () =>
      readConfigurationOf(await snapshot(commit), async () => undefined),
    );
    return configuration?.components.map((component) => component.name);
  };
  // Most commits say what those before them said: only what reads differently is read.
  const configuration = (commit: string) =>
    caches.configurations.get(`${scope}/${commit}`, async () => {
      const files = await snapshot(commit);
      const key = `${scope}/${configurationDigest(files)}`;
      let pinsKnown = true;
      const read = await caches.configurations.get(key, () =>
        readConfigurationOf(files, async (ref) => {
          const names = await componentNames(ref);
          pinsKnown &&= names !== undefined;
          return names;
        }),
      );
      // A pin that names nothing yet may name a commit later.
      if (!pinsKnown) caches.configurations.forget(key);
      return read;
    });
  const code = async (commit: string): Promise<CodeSnapshot | undefined> => {
    if ((await objects.treeOf(commit)) === undefined) return undefined;
    const read = await configuration(commit);
    return read.configuration === undefined
      ? undefined
      : { ...(await snapshot(commit)), configuration: read.configuration };
  };
  return {
    key,
    objects,
    references,
    snapshot,
    configuration,
    rules: (commit, make) => caches.rules.get(`${scope}/${commit}`, make),
    code,
    async state(commit) {
      const values = await code(commit);
      if (values === undefined) return undefined;
      const pinned = new Map<string, CodeSnapshot>();
      for (const ref of missingPins(values.configuration, pinned)) {
        const found = await code(ref);
        if (found !== undefined) pinned.set(ref, found);
      }
      return { values, pinned };
    },
  };
}
