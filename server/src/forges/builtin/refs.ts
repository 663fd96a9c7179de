import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { problem } from "@plumbline/contract";
import { isNullId, isObjectId } from "./git.ts";
import type { Git, GitRepository } from "./git.ts";

/** A ref to be moved. `from`: what it must hold now; the null id for "must not exist"; absent for whatever it holds. */
export interface RefUpdate {
  ref: string;
  to: string;
  from?: string;
}

/** The branch that is applied. No other branch is kept. */
export const mainRef = "refs/heads/main";

/** Moves refs, all or none. Throws `conflict` where one does not hold what was expected. */
export async function updateRefs(git: Git, repository: GitRepository, updates: readonly RefUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  const lines = updates.map(({ ref, to, from }) => {
    if (!/^refs\/[A-Za-z0-9/_-]+$/.test(ref) || !isObjectId(to) || (from !== undefined && !isObjectId(from)))
      throw problem("internal", "a ref is moved by its own name to an object id");
    return `update ${ref} ${to}${from === undefined ? "" : ` ${from}`}\n`;
  });
  const { code, stderr } = await git.run(repository, ["update-ref", "--stdin"], {
    input: lines.join(""),
    answers: [1, 128],
  });
  if (code !== 0) throw problem("conflict", `A ref was moved by somebody else: ${stderr.trim().slice(0, 300)}`);
}

/**
 * What a ref holds; null where there is none. One that was moved since refs were packed lies in a file of its own, which
 * counts before the packed ones; only where there is none git is asked.
 */
export async function readRef(git: Git, repository: GitRepository, ref: string): Promise<string | null> {
  const loose = (await readFile(join(repository.directory, ref), "latin1").catch(() => "")).trim();
  if (isObjectId(loose)) return loose;
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", ref];
  const { code, stdout } = await git.run(repository, args, { answers: [1, 128] });
  const id = stdout.toString("latin1").trim();
  return code === 0 && isObjectId(id) && !isNullId(id) ? id : null;
}
