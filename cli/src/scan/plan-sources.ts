import { readFileSync } from "node:fs";
import { isAbsolute, posix, relative, resolve, sep } from "node:path";
import { readSavedPlan } from "@plumbline/engine/plans/saved-plan";
import type { SavedPlan } from "@plumbline/engine/plans/saved-plan";
import { UsageFault } from "../command/faults.ts";
import { shownPath } from "./shown-path.ts";

/** The sources inside a saved plan, by the paths they have on disk where they are there, else from the root module. */
export interface EmbeddedSources {
  files: Map<string, string>;
  root: string;
}

/** Reads the sources that a saved plan embeds. `directory` is where its root module should lie. */
export function embeddedSources(path: string, bytes: Uint8Array, directory: string): EmbeddedSources {
  const { modules } = openPlan(path, bytes);
  const texts = modules.flatMap((module) =>
    [...module.files].map(
      ([name, data]) => [posix.join(module.directory, name), new TextDecoder().decode(data)] as const,
    ),
  );
  const isThere = texts.some(([file, text]) => !file.startsWith(".") && readIfThere(resolve(directory, file)) === text);
  const show = pathsOf([".", ...texts.map(([file]) => file)].map((file) => resolve(directory, file)));
  const place = (file: string): string => (isThere ? show(resolve(directory, file)) : file);
  return { files: new Map(texts.map(([file, text]) => [place(file), text])), root: place(".") };
}

/** How these are shown: modules are found by their path from the one that calls them, so all are relative or none is. */
function pathsOf(paths: readonly string[]): (path: string) => string {
  const shown = paths.map(shownPath);
  if (shown.every(isAbsolute) || !shown.some(isAbsolute)) return shownPath;
  return (path) => relative(process.cwd(), path).replaceAll(sep, "/") || ".";
}

function openPlan(path: string, bytes: Uint8Array): SavedPlan {
  try {
    return readSavedPlan(bytes);
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    throw new UsageFault(
      `${path} cannot be scanned. ${said}`,
      "Write it anew with terraform plan -out=FILE; if it was copied, copy it as it is, byte for byte.",
    );
  }
}

/** The text of a regular file, or undefined. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
