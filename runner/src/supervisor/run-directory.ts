import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** The files of one run. The folder is readable by the runner's user only and is deleted when all is reported. */
export interface RunDirectory {
  root: string;
  /** What is to be done; without any secret. */
  job: string;
  /** Everything that happened, one RunEvent per line, secrets masked. */
  journal: string;
  /** How the run ended; written once, last. */
  result: string;
  /** The supervisor's process, and that of the step it drives. */
  supervisor: string;
  step: string;
  /** The runner listens here. */
  socket: string;
  /** Here listens what connects an apply outside, also while no runner is there. */
  egress: string;
  /** The unpacked archive, written by nobody afterwards; and a copy for plan and apply. */
  pristine: string;
  copy: string;
  data: string;
  out: string;
  plan: string;
  planJson: string;
  etc: string;
  cliConfig: string;
  /** HOME of steps that have no sandbox. */
  home: string;
  /** What the steps print, before masking. */
  output: string;
  /** States on their way to the server. */
  states: string;
}

/** Names the files of the run whose folder is `root`. */
export function runDirectory(root: string): RunDirectory {
  const at = (name: string) => join(root, name);
  return {
    root,
    job: at("job.json"),
    journal: at("journal.ndjson"),
    result: at("result.json"),
    supervisor: at("supervisor.json"),
    step: at("step.json"),
    socket: at("runner.sock"),
    egress: at("egress.sock"),
    pristine: at("tree"),
    copy: at("copy"),
    data: at("data"),
    out: at("out"),
    plan: join(root, "out", "plan"),
    planJson: at("plan.json"),
    etc: at("etc"),
    cliConfig: at("cli.tfrc"),
    home: at("home"),
    output: at("output"),
    states: at("states"),
  };
}

/** Makes the folders. Fails when the run's folder has one of them already: a run starts in an empty one. */
export function makeRunDirectories(run: RunDirectory): void {
  mkdirSync(run.root, { recursive: true, mode: 0o700 });
  chmodSync(run.root, 0o700);
  for (const folder of [run.pristine, run.copy, run.data, run.out, run.etc, run.home, run.output, run.states])
    mkdirSync(folder, { mode: 0o700 });
}
