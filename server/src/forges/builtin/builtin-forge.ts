import { mkdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Forge, RepositoryKey, RepositoryObjects } from "../forge.ts";
import type { Git, GitRepository } from "./git.ts";
import { installHooks } from "./hooks.ts";
import { openObjectReader } from "./object-reader.ts";
import type { ObjectReader } from "./object-reader.ts";
import { mainRef, readRef, updateRefs } from "./refs.ts";
import { tidyStorage } from "./tidy.ts";
import { repositoryObjects, treeCache } from "./repository-objects.ts";

/** Plumbline's own Git host, and what its HTTP part needs of it. */
export interface BuiltinForge extends Forge {
  readonly hooksFolder: string;
  directory(key: RepositoryKey): string;
  /** The objects of a push that are in quarantine, beside the repository's own. Close it when the push is over. */
  quarantined(key: RepositoryKey, folder: string): { objects: RepositoryObjects; close(): void };
  /** Ends the processes that read objects. */
  close(): void;
}

/** Opens the built-in forge. Repositories lie in `<dataDir>/repositories/<organization id>/<repository id>.git`. */
export async function openBuiltinForge(options: {
  git: Git;
  dataDir: string;
  publicUrl: string;
}): Promise<BuiltinForge> {
  const { git, publicUrl } = options;
  const repositories = join(options.dataDir, "repositories");
  await mkdir(repositories, { recursive: true, mode: 0o700 });
  // Git names what it is given by its real path: a data directory that is a link would never match it.
  const root = await realpath(repositories);
  const hooksFolder = join(root, "hooks");
  await installHooks(hooksFolder);
  const readers = new Map<string, ObjectReader>();
  const trees = treeCache();
  const nullId = "0".repeat(40);
  const at = (key: RepositoryKey): GitRepository => ({
    directory: join(root, key.organizationId, `${key.repositoryId}.git`),
  });
  return {
    kind: "builtin",
    hooksFolder,
    directory: (key) => at(key).directory,
    create: (key) => createBare(git, at(key)),
    objects(key) {
      const repository = at(key);
      let reader = readers.get(repository.directory);
      if (reader === undefined) {
        reader = openObjectReader(git, repository);
        readers.set(repository.directory, reader);
      }
      return repositoryObjects(git, repository, reader, trees);
    },
    quarantined(key, folder) {
      const repository: GitRepository = { ...at(key), quarantine: folder };
      const reader = openObjectReader(git, repository);
      return { objects: repositoryObjects(git, repository, reader, trees), close: () => reader.close() };
    },
    readMain: (key) => readRef(git, at(key), mainRef),
    moveMain: (key, from, to) => updateRefs(git, at(key), [{ ref: mainRef, to, from: from ?? nullId }]),
    keep: (key, refs) =>
      updateRefs(
        git,
        at(key),
        refs.map(({ name, commit }) => ({ ref: `refs/${name}`, to: commit })),
      ),
    tidy: (key) => tidyStorage(git, at(key)),
    url: (organization, repository) => `${publicUrl}/git/${organization}/${repository}.git`,
    publish: () => Promise.resolve(),
    close: () => readers.forEach((reader) => reader.close()),
  };
}

/** Made beside and renamed, so that a start that was interrupted leaves no half-made repository. */
async function createBare(git: Git, repository: GitRepository): Promise<void> {
  const { directory } = repository;
  if ((await readRef(git, repository, "HEAD").catch(() => undefined)) !== undefined) return;
  const draft: GitRepository = { directory: `${directory}.new` };
  await rm(draft.directory, { recursive: true, force: true });
  await mkdir(draft.directory, { recursive: true, mode: 0o700 });
  await git.run(draft, ["init", "--quiet", "--bare", "--template=", "--initial-branch=main", "."]);
  await mkdir(join(draft.directory, "info"), { recursive: true });
  // The strongest attributes there are: a tree's own can neither hide files nor rewrite or convert them.
  const attributes = "* -export-ignore -export-subst -filter -ident -working-tree-encoding !merge\n";
  await writeFile(join(draft.directory, "info", "attributes"), attributes);
  await rename(draft.directory, directory);
}
