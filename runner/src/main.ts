import { enableCompileCache } from "node:module";
import type { Problem } from "@plumbline/contract/errors";
import { exitCodeOf } from "@plumbline/contract/exit-code";

/**
 * The runner: `node runner/src/main.ts [<configuration file>]`, or the file in PLUMBLINE_RUNNER_CONFIG. SIGTERM or SIGINT
 * stops it: it waits a while for plans and leaves applies running; a second one ends it at once (supervisors go on).
 * It ends with 78 where something has to be corrected before it can start again, with 1 for other failures.
 */
async function main(): Promise<void> {
  enableCompileCache();
  const { readRunnerConfig } = await import("./config.ts");
  const { prepareRunner } = await import("./start.ts");
  const { introduce } = await import("./introduce.ts");
  const { runRunner } = await import("./runner.ts");
  const { log } = await import("./log.ts");
  const file = process.argv[2] ?? process.env["PLUMBLINE_RUNNER_CONFIG"];
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

function isProblem(error: unknown): error is Problem {
  return error instanceof Error && error.name === "Problem";
}

try {
  await main();
  process.exit(0);
} catch (error) {
  if (isProblem(error)) console.error(`${error.title}: ${error.message}\n${error.next}`);
  else console.error(error);
  process.exit(isProblem(error) ? exitCodeOf(error.code) : 1);
}
