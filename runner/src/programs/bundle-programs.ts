import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkProgram } from "@plumbline/policy/check-program";
import { build, type OutputFile, stop } from "esbuild";

/** The programs that runs are made of, each in as few files as it can be started from. Absolute paths. */
export interface Programs {
  supervisor: string;
  egressKeeper: string;
  /** A folder that holds the check program and nothing else. */
  checks: string;
}

/**
 * Bundles the sources of this installation into `folder`, below a name that is the hash of the result: what is there
 * already is what would be written, whatever was changed since. A program that starts in every run spends most of its
 * start on finding, reading and stripping a hundred modules; one file saves half of it.
 *
 * @param jobs What is written down about runs that are not over. Programs of an older installation that none of them
 * names are removed.
 */
export async function bundlePrograms(folder: string, jobs: readonly string[]): Promise<Programs> {
  const files = await bundled();
  const hash = createHash("sha256").update(process.version);
  for (const { path, contents } of files) hash.update(`\0${path}\0${contents.length}\0`).update(contents);
  const name = hash.digest("hex").slice(0, 32);
  const target = join(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(target)) writeTogether(folder, target, files);
  for (const other of readdirSync(folder))
    if (other !== name && !jobs.some((job) => job.includes(other)))
      rmSync(join(folder, other), { recursive: true, force: true });
  return {
    supervisor: join(target, "supervisor.cjs"),
    egressKeeper: join(target, "egress-keeper.cjs"),
    checks: join(target, "checks"),
  };
}

interface ProgramFile {
  path: string;
  contents: Uint8Array;
}

async function bundled(): Promise<ProgramFile[]> {
  const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const common = { bundle: true, write: false, platform: "node", target: "node26", logLevel: "silent" } as const;
  try {
    const [runs, checks] = await Promise.all([
      build({
        ...common,
        // the loader of CommonJS starts some milliseconds earlier than that of ES modules
        format: "cjs",
        entryPoints: {
          supervisor: source("../supervisor/main.ts"),
          "egress-keeper": source("../egress/main.ts"),
        },
        outExtension: { ".js": ".cjs" },
        outdir: "/",
      }),
      // in pieces: a check loads the rules of the providers that occur, and Rego where there is some
      build({
        ...common,
        format: "esm",
        // some packages are CommonJS inside, and ask for Node's own modules as such
        banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
        splitting: true,
        entryPoints: [checkProgram],
        outExtension: { ".js": ".mjs" },
        outdir: "/",
      }),
    ]);
    const placed = (prefix: string) => (file: OutputFile) => ({
      path: `${prefix}${basename(file.path)}`,
      contents: file.contents,
    });
    const all = [...runs.outputFiles.map(placed("")), ...checks.outputFiles.map(placed("checks/"))];
    return all.toSorted((left, right) => (left.path < right.path ? -1 : 1));
  } finally {
    await stop();
  }
}

/** By rename: the folder is there whole or not at all, also when two runners start at once. */
function writeTogether(folder: string, target: string, files: readonly ProgramFile[]): void {
  const made = join(folder, `new-${randomBytes(6).toString("hex")}`);
  mkdirSync(join(made, "checks"), { recursive: true, mode: 0o700 });
  for (const { path, contents } of files) writeFileSync(join(made, path), contents, { mode: 0o400 });
  try {
    renameSync(made, target);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
