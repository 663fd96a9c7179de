import { enableCompileCache } from "node:module";
import { parseArgs } from "node:util";
import type { Problem } from "@plumbline/contract/errors";
import { exitCodeOf } from "@plumbline/contract/exit-code";

const help = `A runner of Plumbline.

Usage: node runner/src/main.ts [FILE]

  FILE   configuration, YAML or JSON; it may also be named by PLUMBLINE_RUNNER_CONFIG
`;

/**
 * The runner: `node runner/src/main.ts [<configuration file>]`, or the file in PLUMBLINE_RUNNER_CONFIG. SIGTERM or SIGINT
 * stops it: it waits a while for plans and leaves applies running; a second one ends it at once (supervisors go on).
 * It ends with 78 where something has to be corrected before it can start again, with 1 for other failures.
 */
async function main(file: string | undefined): Promise<void> {
  enableCompileCache();
  const { readRunnerConfig } = await import("./config.ts");
  const { prepareRunner } = await import("./start.ts");
  const { introduce } = await import("./introduce.ts");
  const { runRunner } = await import("./runner.ts");
  const { log } = await import("./log.ts");
  const parts = await prepareRunner(readRunnerConfig(file, process.env));
  await introduce(parts.server, parts.capacity);
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  log("info", "runner ready", {
    version: parts.version,
    capacity: parts.capacity,
    sandbox: parts.machine.sandbox.kind,
  });
  await runRunner(parts, stop.signal);
  log("info", "runner stopped");
}

/** The configuration's file. Answers nothing where help was asked for, or where what was given is no file's name. */
function readFileArgument(): { file: string | undefined } | undefined {
  try {
    const { values, positionals } = parseArgs({ options: { help: { type: "boolean" } }, allowPositionals: true });
    if (!values.help && positionals.length <= 1)
      return { file: positionals[0] ?? process.env["PLUMBLINE_RUNNER_CONFIG"] };
    process.stdout.write(help);
    if (!values.help) process.exitCode = 78;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n\n${help}`);
    process.exitCode = 78;
  }
  return undefined;
}

function isProblem(error: unknown): error is Problem {
  return error instanceof Error && error.name === "Problem";
}

const given = readFileArgument();
if (given) {
  try {
    await main(given.file);
    process.exit(0);
  } catch (error) {
    if (isProblem(error)) console.error(`${error.title}: ${error.message}\n${error.next}`);
    else console.error(error);
    process.exit(isProblem(error) ? exitCodeOf(error.code) : 1);
  }
}
