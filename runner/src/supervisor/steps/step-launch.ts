import { posix } from "node:path";
import { limitArguments } from "../../sandbox/limits.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { phaseArguments } from "../../sandbox/phase-arguments.ts";
import type { SandboxedStep } from "../../sandbox/phase-profile.ts";
import { type EarlyProvider, withProviders } from "../../sandbox/start-providers.ts";
import type { RunDirectory } from "../run-directory.ts";
import { stepPlaces } from "./step-places.ts";
import type { SupervisorJob } from "../supervisor-job.ts";

/** A step's command as it stands inside its sandbox. */
export interface StepCommand {
  step: SandboxedStep;
  program: string;
  args: readonly string[];
  /** Folder below the tree, "." for the tree itself. */
  directory: string;
  environment: Record<string, string>;
  /** Started before the program, which is an engine then; only in a sandbox. */
  providers?: readonly EarlyProvider[];
}

/** What is really started. */
export interface Launch {
  program: string;
  args: string[];
  cwd: string;
  environment: Record<string, string>;
  /** NUL-separated arguments for bwrap, read from file descriptor 3; undefined without a sandbox. */
  sandboxArguments: string | undefined;
}

/** Turns a step's command into the process to start: prlimit, and bwrap around it. */
export function launchOf(config: SupervisorJob, run: RunDirectory, command: StepCommand): Launch {
  const started = withProviders(command.providers ?? [], [command.program, ...command.args]);
  const limited = [config.prlimit, ...limitArguments(config.limits), ...started];
  const places = stepPlaces(config, run, command.step);
  const directory = posix.join(places.work, command.directory);
  if (config.sandbox.kind === "none") {
    const [program = "", ...args] = limited;
    return { program, args, cwd: directory, environment: command.environment, sandboxArguments: undefined };
  }
  const isCheck = command.step === "check";
  const args = phaseArguments({
    step: command.step,
    host: config.sandbox.host,
    pristine: run.pristine,
    copy: run.copy,
    data: run.data,
    out: run.out,
    etc: run.etc,
    cliConfig: run.cliConfig,
    programs: { node: config.node, ...(isCheck ? {} : { [config.engine.name]: config.engine.path }) },
    mirrors: config.mirrors,
    extra: [
      ...(config.certificates ? [{ from: config.certificates, to: sandboxPaths.certificates }] : []),
      ...(isCheck ? checkMounts(config) : []),
    ],
    directory,
    environment: command.environment,
  });
  return {
    program: config.sandbox.program,
    args: ["--args", "3", "--", ...limited],
    cwd: "/",
    environment: {},
    sandboxArguments: args.map((arg) => `${arg}\0`).join(""),
  };
}

function checkMounts(config: SupervisorJob): { from: string; to: string }[] {
  return [
    { from: config.programs.checks, to: sandboxPaths.app },
    ...(config.compileCache ? [{ from: config.compileCache, to: sandboxPaths.compileCache }] : []),
    ...scannerMounts(config),
    ...Object.entries(config.tools).map(([name, path]) => ({ from: path, to: `${sandboxPaths.tools}/${name}` })),
  ];
}

/** Scanners stand where they do on the host: virtual environments know their own path. What every sandbox sees is left out. */
function scannerMounts({ scanners, sandbox }: SupervisorJob): { from: string; to: string }[] {
  const shown = sandbox.kind === "bubblewrap" ? sandbox.host.folders : [];
  const paths = new Set(scanners.flatMap(({ mounts }) => mounts));
  return [...paths]
    .filter((path) => !shown.some((folder) => path === folder || path.startsWith(`${folder}/`)))
    .map((path) => ({ from: path, to: path }));
}
