import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { problem } from "@plumbline/contract/errors";
import type { OfferedTool } from "@plumbline/contract/tools";
import { ToolName } from "@plumbline/contract/tools";
import type { Engine, EngineFile } from "./engines.ts";
import { offerOf, readEngine, stampOf, verifyEngine } from "./engines.ts";
import { log } from "./log.ts";

/** The engines of this machine: what it has now, and the one that a run is to use. */
export interface Toolbox {
  /** All that it has. Looks at the files again; only what was touched is read. */
  offered(): Promise<OfferedTool[]>;
  /** The binary with this hash, as it was when it was hashed. Throws `tool_missing` or `tool_changed`. */
  take(sha256: string): Promise<Engine>;
  /** Any of them, for what runs none. Throws `tool_missing`. */
  any(): Engine;
}

/** Where engines are looked for. */
export interface ToolPlaces {
  /** Named by the configuration: each has to be there. */
  engines: readonly EngineFile[];
  /** Folders that hold binaries, or folders with one. */
  folders: readonly string[];
  /** What PATH is, where it is looked through; undefined where it is not. */
  searchPath: string | undefined;
}

/** Looks for engines once, and again whenever it is asked. Throws for a configured one that is missing or another. */
export async function openToolbox(places: ToolPlaces): Promise<Toolbox> {
  let engines: Engine[] = [];
  const told = new Set<string>();
  const configured = await Promise.all(places.engines.map(readEngine));
  const refresh = async () => {
    const known = new Map([...configured, ...engines].map((engine) => [engine.stamp, engine]));
    const found: Engine[] = [];
    for (const file of [...places.engines, ...candidatesIn(places)]) {
      const engine = await readAgain(file, known, told);
      if (engine !== undefined && !found.some(({ sha256 }) => sha256 === engine.sha256)) found.push(engine);
    }
    engines = found;
  };
  await refresh();
  return {
    async offered() {
      await refresh();
      return engines.map(offerOf);
    },
    async take(sha256) {
      const engine = engines.find((one) => one.sha256 === sha256);
      if (engine === undefined)
        throw problem("tool_changed", `The accepted binary with the SHA-256 ${sha256} is not on this runner any more.`);
      await verifyEngine(engine);
      return engine;
    },
    any() {
      const [engine] = engines;
      if (engine === undefined)
        throw problem("tool_missing", "This runner has neither terraform nor tofu.", {
          next: "Install one, name it in engines or toolFolders, or have one fetched: docs/engines.md.",
        });
      return engine;
    },
  };
}

/** What cannot be read is told once for each content (`told`, by stamp), and is no engine. */
async function readAgain(
  file: EngineFile,
  known: ReadonlyMap<string, Engine>,
  told: Set<string>,
): Promise<Engine | undefined> {
  const stamp = await stampOf(file.path).catch(() => undefined);
  const before = stamp === undefined ? undefined : known.get(stamp);
  if (before !== undefined && before.name === file.name) return before;
  if (stamp === undefined || told.has(stamp)) return undefined;
  try {
    return await readEngine(file);
  } catch (error) {
    told.add(stamp);
    log("warn", "this is no engine that can be used", { path: file.path, error: String(error) });
    return undefined;
  }
}

function candidatesIn({ folders, searchPath }: ToolPlaces): EngineFile[] {
  const below = folders.flatMap((folder) => [folder, ...subfolders(folder)]);
  const onPath = (searchPath ?? "").split(delimiter).filter((folder) => folder.startsWith("/"));
  return [...below, ...onPath].flatMap((folder) =>
    ToolName.options.map((name) => ({ name, path: join(folder, name) })).filter(({ path }) => isProgram(path)),
  );
}

function subfolders(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
