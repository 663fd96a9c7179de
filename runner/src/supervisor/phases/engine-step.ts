import { rmSync } from "node:fs";
import { posix } from "node:path";
import { problem } from "@plumbline/contract/errors";
import type { PhaseSecrets } from "@plumbline/contract/jobs";
import type { RunPhase } from "@plumbline/contract/run-status";
import { engineEnvironment, isReserved } from "@plumbline/engine/terraform/environment";
import { phaseProfile, type SandboxedStep } from "../../sandbox/phase-profile.ts";
import type { EarlyProvider } from "../../sandbox/start-providers.ts";
import { egressProxy } from "../gateway/egress-proxy.ts";
import { limitOf } from "./phase.ts";
import { CanceledError, type RunContext } from "../run-context.ts";
import { stateProxy } from "../gateway/state-proxy.ts";
import { type StepOutput, stepOutput } from "../steps/step-output.ts";
import { stepPlaces } from "../steps/step-places.ts";
import { outputFiles, runStep, type StepEnd } from "../steps/step-process.ts";

/** One start of the engine. */
export interface EngineStep {
  step: SandboxedStep & ("init" | "plan" | "show" | "apply");
  phase: RunPhase;
  args: readonly string[];
  secrets: PhaseSecrets;
  /** False: what it prints is kept in its file and not read (`show`). */
  readOutput: boolean;
  /** Providers that are started before it and serve all of its passes. */
  providers?: readonly EarlyProvider[];
}

/** How a start of the engine went. */
export interface EngineEnd {
  end: StepEnd;
  output: StepOutput;
}

/** What a phase is given when it is given nothing. */
export const noSecrets: PhaseSecrets = { environment: {}, mask: [] };

/** Starts the engine for one step with its doors open, reads what it prints into the journal, waits for its end. */
export async function runEngine(context: RunContext, wanted: EngineStep): Promise<EngineEnd> {
  const { config, run, journal, gateway, link } = context;
  const { step, phase, secrets } = wanted;
  const places = stepPlaces(config, run, step);
  const hasNetwork = phaseProfile(step).network === "run";
  const log = (line: string) => journal.append({ type: "log", phase, lines: [line] });
  const ignored = Object.keys(secrets.environment).filter(isReserved);
  if (ignored.length > 0) log(`Not given to the engine, because Plumbline sets them itself: ${ignored.join(", ")}`);

  const gone = new AbortController();
  const keys = hasNetwork
    ? gateway.open({
        state: stateProxy(link, context.spool, step === "apply" ? "write" : "read", context.presence, gone.signal),
        egress: egressProxy(link, { step, allow: config.egress.allow[step === "show" ? "plan" : step], refused: log }),
      })
    : undefined;
  // what a provider says at log levels reaches the engine only from those that it starts itself
  const isLogged = Object.keys(secrets.environment).some((name) => name.startsWith("TF_LOG"));
  const providers = isLogged ? [] : (wanted.providers ?? []);
  const certificates: Record<string, string> = places.certificates
    ? { SSL_CERT_FILE: places.certificates, NODE_EXTRA_CA_CERTS: places.certificates }
    : {};
  const environment = engineEnvironment({
    engine: config.engine.name,
    dataDirectory: places.data,
    cliConfigFile: places.cliConfig,
    path: places.path,
    home: places.home,
    temporary: "/tmp",
    isAlone: config.sandbox.kind === "bubblewrap",
    ...(keys ? { state: { address: keys.stateAddress, username: keys.username, password: keys.password } } : {}),
    ...(keys ? { proxy: keys.proxy } : {}),
    phase: { ...certificates, ...secrets.environment },
  });
  const masked = [...context.masked, ...(keys ? [keys.password] : [])];
  const output = stepOutput(journal, phase, masked, step === "apply");
  try {
    const end = await runStep(
      config,
      run,
      { step, program: places.engine, args: wanted.args, directory: config.job.directory, environment, providers },
      {
        ...(wanted.readOutput ? { onOutput: output.onOutput } : {}),
        onErrors: output.onErrors,
        limitSeconds: limitOf(context, phase),
        cancel: context.cancel,
        onWaiting: log,
      },
    );
    output.end();
    return { end, output };
  } finally {
    gateway.close();
    gone.abort();
    if (wanted.readOutput) rmSync(outputFiles(run, step).out, { force: true });
    rmSync(outputFiles(run, step).err, { force: true });
  }
}

/** Throws what a failed start of the engine means: canceled, out of time, or the engine's own first error. */
export function demandSuccess(context: RunContext, wanted: Pick<EngineStep, "step" | "phase">, ended: EngineEnd): void {
  const { end, output } = ended;
  if (end.exitCode === 0) return;
  if (end.stopped === "canceled") throw new CanceledError();
  const name = `${context.config.engine.name} ${wanted.step}`;
  if (end.stopped === "time_limit")
    throw problem("time_limit", `${name} took longer than ${limitOf(context, wanted.phase)} s and was stopped.`);
  const [first] = output.errors();
  if (first) {
    const { directory } = context.config.job;
    const places = first.range
      ? [{ file: posix.join(directory, first.range.file), line: first.range.line, column: first.range.column }]
      : [];
    const detail = first.detail ? `${first.summary}: ${first.detail}` : first.summary;
    throw problem("engine_failed", detail.slice(0, 4000), { places });
  }
  const how = end.signal ? `was ended by ${end.signal}` : `ended with exit code ${end.exitCode}`;
  const last = output.lastText();
  throw problem(
    "engine_failed",
    `${name} ${how}${last ? `. Its last lines:\n${last.slice(-4000)}` : " and said nothing."}`,
  );
}
