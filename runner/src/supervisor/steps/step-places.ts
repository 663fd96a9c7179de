import { dirname } from "node:path";
import { sandboxPath, sandboxPaths } from "../../sandbox/paths.ts";
import { phaseProfile, type SandboxedStep } from "../../sandbox/phase-profile.ts";
import type { RunDirectory } from "../run-directory.ts";
import type { SupervisorJob } from "../supervisor-job.ts";

/** Where a step's process finds things: constant paths in a sandbox, the host's without one. */
export interface StepPlaces {
  work: string;
  data: string;
  planFile: string;
  cliConfig: string;
  mirrors: string[];
  path: string;
  home: string;
  engine: string;
  node: string;
  app: string;
  certificates: string | undefined;
  tool(name: string): string | undefined;
}

/** @returns the paths that hold for a step. */
export function stepPlaces(config: SupervisorJob, run: RunDirectory, step: SandboxedStep): StepPlaces {
  if (config.sandbox.kind === "none") {
    return {
      work: phaseProfile(step).tree === "copy" ? run.copy : run.pristine,
      data: run.data,
      planFile: run.plan,
      cliConfig: run.cliConfig,
      mirrors: config.mirrors,
      path: `${dirname(config.node)}:/usr/local/bin:/usr/bin:/bin`,
      home: run.home,
      engine: config.engine.path,
      node: config.node,
      app: config.programs.checks,
      certificates: config.certificates ?? undefined,
      tool: (name) => config.tools[name],
    };
  }
  return {
    work: sandboxPaths.work,
    data: sandboxPaths.data,
    planFile: sandboxPaths.planFile,
    cliConfig: sandboxPaths.cliConfig,
    mirrors: config.mirrors.map((_path, index) => `${sandboxPaths.mirrors}/${index}`),
    path: sandboxPath,
    home: sandboxPaths.home,
    engine: `${sandboxPaths.bin}/${config.engine.name}`,
    node: `${sandboxPaths.bin}/node`,
    app: sandboxPaths.app,
    certificates: config.certificates ? sandboxPaths.certificates : undefined,
    tool: (name) => (config.tools[name] ? `${sandboxPaths.tools}/${name}` : undefined),
  };
}
