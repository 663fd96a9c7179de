import { createHash } from "node:crypto";
import type { Configuration, Environment } from "@plumbline/contract/configuration/configuration";
import type { ConfigurationProblem } from "@plumbline/contract/configuration/problem";
import { isConfigurationFile, readConfiguration } from "@plumbline/contract/configuration/reading/read-configuration";
import { environmentsOfPath } from "./environments-of-path.ts";
import type { EnvironmentsOfPath } from "./environments-of-path.ts";
import type { Listing, Snapshot } from "./snapshot.ts";

/** What the configuration files of a commit say; where there are problems there is no configuration. */
export interface ConfigurationAt {
  configuration: Configuration | undefined;
  problems: ConfigurationProblem[];
  /** Whose files are, as it says. */
  environmentsOf: EnvironmentsOfPath;
}

/**
 * SHA-256 over everything of a commit that its configuration depends on, but for what its pins name: which files there
 * are, and what stands in those that configure. Where it is equal, so is the configuration.
 */
export function configurationDigest({ entries }: Listing): string {
  const hash = createHash("sha256");
  for (const { path, mode, id } of entries) hash.update(isRead(path) ? `${path}\0${mode} ${id}\0` : `${path}\0\0`);
  return hash.digest("hex");
}

/** Values files count by name only. */
function isRead(path: string): boolean {
  return isConfigurationFile(path) && !path.includes(".tfvars");
}

/**
 * Reads the configuration of one commit. `componentsAt` tells the components of a pinned commit, so that a pinned
 * environment may name one that main no longer has.
 */
export async function readConfigurationOf(
  snapshot: Snapshot,
  componentsAt: (commit: string) => Promise<string[] | undefined>,
): Promise<ConfigurationAt> {
  const files = new Map<string, string>();
  await Promise.all(
    snapshot.entries
      .filter((entry) => isConfigurationFile(entry.path))
      .map(async ({ path }) => {
        const text = isRead(path) ? await snapshot.text(path) : "";
        if (text !== undefined) files.set(path, text);
      }),
  );
  const pinned = new Map<string, string[]>();
  for (const ref of pinnedCommits(files)) {
    const names = await componentsAt(ref);
    if (names !== undefined) pinned.set(ref, names);
  }
  const { configuration, problems } = readConfiguration(files, {
    hasDirectory: (path) => {
      const found = snapshot.tree.find(path);
      return found !== undefined && "directories" in found;
    },
    hasFile: (path) => {
      const found = snapshot.tree.find(path);
      return found !== undefined && !("directories" in found);
    },
    componentsAt: (ref) => pinned.get(ref),
  });
  return { configuration, problems, environmentsOf: environmentsOfPath(configuration) };
}

/** Every full commit id that an environment.yaml holds: the pins, and nothing that could harm. */
function pinnedCommits(files: ReadonlyMap<string, string>): Set<string> {
  const found = new Set<string>();
  for (const [path, text] of files) {
    if (!path.endsWith("/environment.yaml")) continue;
    for (const [id] of text.matchAll(/\b[0-9a-f]{40}\b/g)) found.add(id);
  }
  return found;
}

/** The commit that a component's code comes from in an environment: its pin, else what follows main. */
export function codeCommitOf(environment: Environment, component: string, followed: string): string {
  const own = environment.componentPins.find((pin) => pin.component === component);
  return own?.ref ?? environment.pin?.ref ?? followed;
}

/**
 * What is meant where code and values come from two commits: components, layers and engine of the code commit (the
 * pin), environments with their rules of the values commit (main).
 */
export function combine(code: Configuration, values: Configuration): Configuration {
  return { ...code, environments: values.environments };
}
