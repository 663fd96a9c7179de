import { mkdtemp, rm } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { problem } from "@plumbline/contract";
import { errorsOf, outputOf } from "../../platform/processes/running-process.ts";
import type { Git, GitRepository } from "./git.ts";
import { mainRef } from "./refs.ts";

/** All refs of a repository and what they reach, as `git bundle` writes it; nothing where there are no refs. */
export async function* bundleOf(git: Git, repository: GitRepository): AsyncGenerator<Buffer> {
  const { stdout } = await git.run(repository, ["for-each-ref", "--count=1"]);
  if (stdout.length === 0) return;
  const child = await git.start(repository, ["bundle", "create", "--quiet", "-", "--all"], ["ignore", "pipe", "pipe"]);
  let said = "";
  errorsOf(child)
    .setEncoding("utf8")
    .on("data", (text: string) => (said = (said + text).slice(-2_000)));
  for await (const piece of outputOf(child)) yield Buffer.from(piece);
  const code = await child.closed;
  if (code !== 0) throw problem("internal", `git bundle ended with ${code}: ${said.trim()}`);
}

/**
 * Puts a bundle's objects and refs into an empty repository. `main` is what main shall hold, whatever the bundle says: it
 * may have been written a little after that was noted.
 */
export async function restoreBundle(
  git: Git,
  repository: GitRepository,
  pieces: AsyncIterable<Buffer>,
  main: string | null,
): Promise<void> {
  const folder = await mkdtemp(join(repository.directory, "bundle-"));
  try {
    const file = join(folder, "all.bundle");
    const output = createWriteStream(file, { mode: 0o600 });
    await pipeline(pieces, output);
    if (output.bytesWritten === 0) return;
    const { stdout } = await git.run(repository, ["bundle", "unbundle", file]);
    const refs = stdout
      .toString("utf8")
      .split("\n")
      .map((line) => line.split(" "))
      .filter(([, ref]) => ref?.startsWith("refs/") === true);
    const updates = refs.map(([id, ref]) => `update ${ref} ${ref === mainRef && main !== null ? main : id}\n`);
    await git.run(repository, ["update-ref", "--stdin"], { input: updates.join("") });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
