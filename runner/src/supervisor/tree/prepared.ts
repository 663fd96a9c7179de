import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, posix } from "node:path";
import type { LockedProvider } from "@plumbline/engine/terraform/lock-file";
import { readInside } from "./read-inside.ts";
import type { RunDirectory } from "../run-directory.ts";
import { stepPlaces } from "../steps/step-places.ts";
import type { SupervisorJob } from "../supervisor-job.ts";

/** What `init` leaves where all providers stand in mirrors and no module comes from outside: links and two small files. */
interface Prepared {
  files: Record<string, string>;
  links: Record<string, string>;
}

/** Files of the engine's data folder that are kept. Whatever else stands there comes from elsewhere and is fetched anew. */
const keptFiles = new Set(["terraform.tfstate", "modules/modules.json"]);
const largestFile = 1_000_000;
const mostEntries = 2_000;
const mostKept = 500;

/**
 * Puts the engine's data folder together as an earlier `init` of exactly this code, lock file, engine, machine and Plumbline
 * left it. The engine compares every provider with the lock file again at each of its starts.
 *
 * @returns whether there was one that still holds; if not, the folder is as empty as before.
 */
export function restorePrepared(config: SupervisorJob, run: RunDirectory, locked: readonly LockedProvider[]): boolean {
  const file = preparedFile(config);
  const prepared = read(file);
  if (!prepared || !holds(config, run, prepared, locked)) return false;
  for (const [path, text] of Object.entries(prepared.files)) write(run, path, (at) => writeFileSync(at, text));
  for (const [path, target] of Object.entries(prepared.links)) write(run, path, (at) => symlinkSync(target, at));
  const now = new Date();
  utimesSync(file, now, now);
  return true;
}

/** Keeps what `init` left in the data folder for later runs, if it is of the kind that can be kept. */
export function keepPrepared(config: SupervisorJob, run: RunDirectory, locked: readonly LockedProvider[]): void {
  const prepared = gather(run);
  if (!prepared || !holds(config, run, prepared, locked)) return;
  const file = preparedFile(config);
  mkdirSync(config.prepared, { recursive: true, mode: 0o700 });
  const made = join(config.prepared, `new-${randomBytes(6).toString("hex")}`);
  writeFileSync(made, JSON.stringify(prepared), { mode: 0o600 });
  renameSync(made, file);
  removeOldest(config.prepared);
}

/**
 * The key holds everything that `init` reads. Values files are not given to it, and terraform evaluates nothing in it;
 * tofu may, so there they count.
 */
function preparedFile(config: SupervisorJob): string {
  const { engine, job, mirrors, direct, programs, sandbox } = config;
  const entries = job.input.entries
    .filter(({ path }) => engine.name !== "terraform" || !job.varFiles.includes(path))
    .map(({ path, mode, blob }) => `${mode} ${blob} ${path}`)
    .toSorted();
  const read = [engine.name, engine.sha256, job.directory, mirrors, direct, sandbox.kind, programs.supervisor, entries];
  return join(config.prepared, `${createHash("sha256").update(JSON.stringify(read)).digest("hex")}.json`);
}

function gather(run: RunDirectory): Prepared | undefined {
  const prepared: Prepared = { files: {}, links: {} };
  const paths = readdirSync(run.data, { recursive: true, encoding: "utf8" });
  if (paths.length > mostEntries) return undefined;
  for (const path of paths) {
    const facts = lstatSync(join(run.data, path));
    if (facts.isDirectory()) continue;
    if (facts.isSymbolicLink()) {
      prepared.links[path] = readlinkSync(join(run.data, path));
      continue;
    }
    const content = keptFiles.has(path) ? readInside(run.data, path, largestFile) : undefined;
    if (!content) return undefined;
    prepared.files[path] = content.toString("utf8");
  }
  return prepared;
}

/** Whether it has a link into a mirror for every provider of the lock file, each leads somewhere, and nothing else is linked. */
function holds(
  config: SupervisorJob,
  run: RunDirectory,
  prepared: Prepared,
  locked: readonly LockedProvider[],
): boolean {
  const { mirrors } = stepPlaces(config, run, "init");
  const linked = Object.entries(prepared.links).map(([path, target]) => {
    const leadsTo = mirrors.flatMap((mirror, index) => {
      const inside = posix.relative(mirror, target);
      return inside.startsWith("..") ? [] : [join(config.mirrors[index] ?? mirror, inside)];
    });
    return leadsTo.some((at) => existsSync(at)) ? /^providers\/(.+)\/[^/]+$/.exec(path)?.[1] : undefined;
  });
  const wanted = locked.map(({ address, version }) => `${address}/${version}`);
  return linked.length === wanted.length && wanted.every((one) => linked.includes(one));
}

function write(run: RunDirectory, path: string, make: (at: string) => void): void {
  const at = join(run.data, path);
  mkdirSync(dirname(at), { recursive: true, mode: 0o700 });
  make(at);
}

function read(file: string): Prepared | undefined {
  try {
    const prepared: Prepared = JSON.parse(readFileSync(file, "utf8"));
    return prepared;
  } catch {
    return undefined;
  }
}

function removeOldest(folder: string): void {
  const names = readdirSync(folder);
  if (names.length <= mostKept) return;
  const byAge = names.map((name) => ({ name, used: statSync(join(folder, name)).mtimeMs }));
  for (const { name } of byAge.toSorted((left, right) => left.used - right.used).slice(0, mostKept / 5))
    rmSync(join(folder, name), { force: true });
}
