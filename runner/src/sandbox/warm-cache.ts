import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { warmRequest } from "@plumbline/policy/warm-request";
import { checkFile } from "../programs/check-file.ts";
import type { HostLayout } from "./host-layout.ts";
import { sandboxPath, sandboxPaths } from "./paths.ts";
import { phaseArguments } from "./phase-arguments.ts";
import { runInSandbox } from "./run-in-sandbox.ts";

/** What warming needs. */
export interface WarmOptions {
  program: string;
  node: string;
  host: HostLayout;
  /** Folder of the bundled check program. */
  checks: string;
  /** The cache's folder; made when absent. */
  cache: string;
  /** An existing folder for temporary files. */
  folder: string;
}

/**
 * Runs the check program once, on a plan of every provider that rules know, with the compile cache writable, so that the checks of runs, which see it
 * read-only, start from compiled code. Nothing of a repository is involved. @returns whether it worked.
 */
export async function warmCompileCache(options: WarmOptions): Promise<boolean> {
  mkdirSync(options.cache, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(options.folder, "warm-"));
  try {
    const at = (name: string) => join(folder, name);
    for (const name of ["tree", "etc"]) mkdirSync(at(name));
    for (const name of ["passwd", "group", "hosts"]) writeFileSync(join(folder, "etc", name), "");
    const inner = phaseArguments({
      step: "check",
      host: options.host,
      pristine: at("tree"),
      copy: "",
      data: "",
      out: "",
      etc: at("etc"),
      cliConfig: "",
      programs: { node: options.node },
      mirrors: [],
      extra: [
        { from: options.checks, to: sandboxPaths.app },
        { from: options.cache, to: sandboxPaths.compileCache, writable: true },
      ],
      directory: sandboxPaths.work,
      environment: { PATH: sandboxPath, PLUMBLINE_COMPILE_CACHE: sandboxPaths.compileCache },
    });
    const command = [`${sandboxPaths.bin}/node`, `${sandboxPaths.app}/${checkFile}`];
    const answer = await runInSandbox(
      options.program,
      ["--args", "3", "--", ...command],
      inner,
      JSON.stringify(warmRequest),
    );
    return answer.exitCode === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
