import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isObject } from "../resources/json.ts";
import { canaryFile, canarySource, planWithCanary } from "./canary.ts";
import type { ScannerSubject } from "./scanner.ts";

/** A scanner's own directory: it sees nothing else of the repository. */
export interface ScannerWorkspace {
  directory: string;
  /** Absent where there is no plan. */
  plan?: string;
  sources: string;
  output: string;
  home: string;
  /** The path of a source as the subject calls it. */
  sourceOf: (path: string) => string;
}

/**
 * Lays out what a scanner may see, and takes it away again. Only the sources themselves go in: a scanner's configuration
 * in a repository could switch checks off, or name code to run. With `isCanaried` the canary is among them.
 */
export async function inWorkspace<T>(
  parent: string,
  subject: ScannerSubject,
  isCanaried: boolean,
  act: (workspace: ScannerWorkspace) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(parent, "scanner-"));
  try {
    const sources = join(directory, "sources");
    const home = join(directory, "home");
    await Promise.all([mkdir(sources), mkdir(home)]);
    const names = new Map<string, string>();
    for (const [path, text] of subject.files) {
      const inside = path.replace(/^\/+/, "");
      if (inside.split("/").includes("..")) continue;
      names.set(inside, path);
      await mkdir(dirname(join(sources, inside)), { recursive: true });
      await writeFile(join(sources, inside), withoutMarks(text));
    }
    const plan = join(directory, "plan.json");
    if (isCanaried) await writeFile(join(sources, canaryFile), canarySource);
    if (subject.plan !== undefined) {
      const shown = isCanaried && isObject(subject.plan) ? planWithCanary(subject.plan) : subject.plan;
      await writeFile(plan, JSON.stringify(shown));
    }
    return await act({
      directory,
      ...(subject.plan === undefined ? {} : { plan }),
      sources,
      output: join(directory, "output"),
      home,
      sourceOf: (path) => names.get(below(sources, path)) ?? below(sources, path),
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function below(sources: string, path: string): string {
  const plain = path.replace(/^file:\/\//, "");
  const cut = plain.startsWith(`${sources}/`) ? plain.slice(sources.length + 1) : plain;
  return cut.replace(/^(?:\.?\/)+/, "");
}

/** Tools whose comments in the code switch off their checks: here only `policies/waivers.yaml` does. */
const marks =
  /\b(?:checkov|bridgecrew|cortex|trivy|tfsec|terrascan|ts|kics|kics-scan|snyk|semgrep|nosemgrep)(?=(?:\s*[:-])?\s*(?:skip|ignore|ws\b|disable))/gi;

/** Blanks out such marks; lines and columns stay. */
function withoutMarks(text: string): string {
  return text.replaceAll(marks, (found) => "_".repeat(found.length));
}
