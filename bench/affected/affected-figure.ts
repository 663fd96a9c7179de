import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { affectedWorkspaces } from "@plumbline/engine/sources/affected-workspaces";
import { openBuiltinForge } from "@plumbline/server/forges/builtin/builtin-forge";
import { openGit } from "@plumbline/server/forges/builtin/git";
import { openReader, repositoryCaches } from "@plumbline/server/repositories/repository-reader";
import type { RepositoryReader } from "@plumbline/server/repositories/repository-reader";
import { quantile } from "../figure.ts";
import type { Figure, Measured } from "../figure.ts";
import { generateRepository } from "./generated-repository.ts";
import type { GeneratedRepository } from "./generated-repository.ts";

const changes = 500;
const seed = 20_261_122;
const key = {
  organizationId: "00000000-0000-7000-8000-000000000001",
  repositoryId: "00000000-0000-7000-8000-000000000002",
};

/** How long it takes to say which workspaces a change of one file affects, in a large repository; and whether it is true. */
export const affectedFigure: Figure = {
  id: "affected-workspaces",
  title: "affected workspaces of a one-file change among 1,000 components x 4 environments, p95",
  unit: "ms",
  target: 200,
  better: "lower",
  async measure(say) {
    const dataDir = mkdtempSync(join(tmpdir(), "plumb-bench-"));
    const forge = await openBuiltinForge({ git: openGit("git"), dataDir, publicUrl: "http://localhost" });
    try {
      await forge.create(key);
      say("generating a repository and 500 changes");
      const repository = generateRepository(forge.directory(key), changes, seed);
      say("asking for the affected workspaces of each change");
      const cold = await time(async () => {
        const reader = await openReader(repositoryCaches(), key, forge.objects(key));
        await answer(reader, repository.main, repository.changes[0]?.commit ?? "");
      });
      return await compare(repository, await openReader(repositoryCaches(), key, forge.objects(key)), cold);
    } finally {
      forge.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

async function compare(repository: GeneratedRepository, reader: RepositoryReader, cold: number): Promise<Measured> {
  // As in a running server, main was read when it was last moved.
  await answer(reader, repository.main, repository.main);
  const times: number[] = [];
  const wrong = new Map<string, number>();
  let affected = 0;
  let missed = 0;
  let needless = 0;
  for (const { kind, commit, expected } of repository.changes) {
    let found = new Set<string>();
    times.push(await time(async () => void (found = await answer(reader, repository.main, commit))));
    const lacking = [...expected].filter((name) => !found.has(name)).length;
    const surplus = [...found].filter((name) => !expected.has(name)).length;
    if (lacking + surplus > 0) wrong.set(kind, (wrong.get(kind) ?? 0) + 1);
    missed += lacking;
    needless += surplus;
    affected += expected.size;
  }
  return {
    value: quantile(times, 0.95),
    demands: [{ says: `none missed over ${times.length} changes`, holds: missed === 0 && affected > 0 }],
    notes: [
      `${repository.workspaces} workspaces, ${repository.files} files; ${times.length} changes affect ${affected} workspaces in all`,
      `${missed} missed, ${needless} named needlessly${wrong.size === 0 ? "" : `: ${JSON.stringify(Object.fromEntries(wrong))}`}`,
      `median ${quantile(times, 0.5).toFixed(0)} ms, largest ${quantile(times, 1).toFixed(0)} ms; the first one after a start of the server ${cold.toFixed(0)} ms`,
    ],
  };
}

/** From two commits' ids to names: listing by git, configuration, references, comparison. */
async function answer(reader: RepositoryReader, main: string, commit: string): Promise<Set<string>> {
  const [before, after] = await Promise.all([reader.state(main), reader.state(commit)]);
  if (after === undefined) throw new Error(JSON.stringify((await reader.configuration(commit)).problems.slice(0, 5)));
  const { workspaces } = await affectedWorkspaces({ before, after, cache: reader.references });
  return new Set(workspaces.map(({ workspace }) => workspace.name));
}

async function time(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
