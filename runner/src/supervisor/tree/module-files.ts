import { readdirSync } from "node:fs";
import { posix } from "node:path";
import type { ModuleFiles } from "@plumbline/engine/terraform/provider-configurations";
import { readInside } from "./read-inside.ts";
import type { RunContext } from "../run-context.ts";
import { stepPlaces } from "../steps/step-places.ts";
import type { Unpacked } from "./tree.ts";

const largestFile = 16 * 1024 * 1024;

/** The configuration files of the root module and of every module that `init` listed, each folder once. */
export interface Modules {
  root: ModuleFiles;
  others: ModuleFiles[];
}

/** Reads them as the engine will. Undefined where the engine's list names a place that is neither in the tree nor installed. */
export function readModules(context: Pick<RunContext, "config" | "run">, unpacked: Unpacked): Modules | undefined {
  const { config, run } = context;
  const places = stepPlaces(config, run, "plan");
  const directory = posix.join(places.work, config.job.directory);
  const manifest = readInside(run.data, "modules/modules.json", largestFile);
  const listed = manifest ? directoriesOf(manifest.toString("utf8")) : [];
  const modules: Modules = { root: new Map(), others: [] };
  for (const path of new Set([directory, ...listed.map((dir) => posix.resolve(directory, dir))])) {
    const inTree = below(places.work, path);
    const inData = below(places.data, path);
    const files =
      inTree === undefined
        ? inData === undefined
          ? undefined
          : installedFiles(run.data, inData)
        : treeFiles(unpacked, inTree);
    if (files === undefined) return undefined;
    if (path === directory) modules.root = files;
    else modules.others.push(files);
  }
  return modules;
}

/** Folders of the manifest that `init` writes (`{"Modules": [{"Key", "Source", "Dir"}]}`), relative to the root module's. */
function directoriesOf(text: string): string[] {
  const manifest: { Modules: { Dir: string }[] } = JSON.parse(text);
  return manifest.Modules.map(({ Dir }) => Dir);
}

/** The path relative to `folder`, "" for itself; undefined where it is not below. */
function below(folder: string, path: string): string | undefined {
  if (path === folder) return "";
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

function treeFiles({ files }: Unpacked, folder: string): ModuleFiles {
  const wanted = folder === "" ? "." : folder;
  return new Map(
    [...files]
      .filter(([path]) => isConfiguration(path) && posix.dirname(path) === wanted)
      .map(([path, content]) => [posix.basename(path), content.toString("utf8")]),
  );
}

function installedFiles(data: string, folder: string): ModuleFiles | undefined {
  const files = new Map<string, string>();
  for (const name of readdirSync(posix.join(data, folder)).filter(isConfiguration)) {
    const content = readInside(data, posix.join(folder, name), largestFile);
    if (!content) return undefined;
    files.set(name, content.toString("utf8"));
  }
  return files;
}

function isConfiguration(path: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(path);
}
