import { lstatSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Judgement } from "@plumbline/contract/jobs";
import { isReadByEngine } from "@plumbline/engine/sources/read-by-engine";
import { isReadByConfiguration, isSource } from "@plumbline/policy/scan/source-files";
import { checkFile } from "../../programs/check-file.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { readJudgement, unjudged } from "./judgement.ts";
import { limitOf, phase } from "./phase.ts";
import { readInside } from "../tree/read-inside.ts";
import { regoRequests } from "./rego-requests.ts";
import { CanceledError, type RunContext } from "../run-context.ts";
import { stepOutput } from "../steps/step-output.ts";
import { stepPlaces } from "../steps/step-places.ts";
import { outputFiles, runStep } from "../steps/step-process.ts";

const largestJudgement = 64 * 1024 * 1024;
const largestText = 4 * 1024 * 1024;
const mostTextBytes = 16 * 1024 * 1024;

/**
 * Runs the checks over the plan's JSON and the sources: no network, no credential. Whatever keeps them from judging is in
 * the judgement's failures, which block.
 */
export function checkPhase(context: RunContext): Promise<Judgement> {
  return phase(context, "check", async () => {
    const judgement = await judge(context);
    const { findings, failures, judged } = judgement;
    const line =
      failures.length > 0
        ? "not judged"
        : `${findings.length} ${findings.length === 1 ? "finding" : "findings"} by ${judged.rules + judged.policies} rules`;
    return { line, value: judgement };
  });
}

async function judge(context: RunContext): Promise<Judgement> {
  const { config, run, journal } = context;
  if ("mistake" in config.policy) return unjudged(config.policy.mistake);
  const places = stepPlaces(config, run, "check");
  const requestFile = join(run.output, "check.in");
  writeFileSync(requestFile, checkRequest(context), { mode: 0o600 });
  const output = stepOutput(journal, "check", [], false);
  const environment = {
    PATH: places.path,
    HOME: places.home,
    LANG: "C.UTF-8",
    ...(config.compileCache && config.sandbox.kind !== "none"
      ? { PLUMBLINE_COMPILE_CACHE: sandboxPaths.compileCache }
      : {}),
  };
  const program = posix.join(places.app, checkFile);
  const end = await runStep(
    config,
    run,
    { step: "check", program: places.node, args: [program], directory: ".", environment },
    {
      inputFile: requestFile,
      onErrors: output.onErrors,
      limitSeconds: limitOf(context, "check"),
      cancel: context.cancel,
      onWaiting: (line) => journal.append({ type: "log", phase: "check", lines: [line] }),
    },
  );
  output.end();
  if (end.stopped === "canceled") throw new CanceledError();
  if (end.stopped === "time_limit") return unjudged(`The checks took longer than ${limitOf(context, "check")} s.`);
  if (end.exitCode !== 0)
    return unjudged(`The checks ended with ${end.signal ?? `exit code ${end.exitCode}`}. ${output.lastText()}`);
  const answer = readInside(run.output, posix.basename(outputFiles(run, "check").out), largestJudgement);
  return readJudgement(answer?.toString("utf8") ?? "");
}

/**
 * Texts that the configuration may read, searched for credentials only. What is too large for that is told in the log.
 */
function otherTexts({ config, run, journal }: RunContext, sources: ReadonlySet<string>): Record<string, string> {
  const texts: Record<string, string> = {};
  const left: string[] = [];
  let room = mostTextBytes;
  for (const { path } of config.job.input.entries) {
    if (sources.has(path) || !(isSource(path) || isReadByConfiguration(path))) continue;
    const file = join(run.pristine, path);
    const info = lstatSync(file);
    if (!info.isFile()) continue;
    if (info.size > largestText || info.size > room) {
      left.push(path);
      continue;
    }
    room -= info.size;
    texts[path] = readFileSync(file, "utf8");
  }
  if (left.length > 0) {
    const named = `${left
      .slice(0, 5)
      .map((path) => JSON.stringify(path))
      .join(", ")}${left.length > 5 ? ` and ${left.length - 5} more` : ""}`;
    const lines = [`Not searched for credentials, for their size: ${named}`];
    journal.append({ type: "log", phase: "check", lines });
  }
  return texts;
}

/** The request as check-main.ts reads it. The plan's JSON goes in as it is: it may be large and is not read here. */
function checkRequest(context: RunContext): Buffer {
  const { config, run } = context;
  const { job, policy } = config;
  const paths = new Set(job.input.entries.map(({ path }) => path));
  // What the engine does not read is not judged; a credential in it is still one.
  const sources = [...paths].filter((path) => isSource(path) && isReadByEngine(path, config.engine.name, paths));
  const texts = otherTexts(context, new Set(sources));
  const opa = stepPlaces(config, run, "check").tool("opa");
  const rest = {
    files: Object.fromEntries(sources.map((path) => [path, readFileSync(join(run.pristine, path), "utf8")])),
    texts,
    paths: [...paths],
    secretsKey: job.check.secretsKey,
    componentPath: job.directory,
    environment: job.check.environment,
    layer: job.check.layer,
    environments: job.check.environments,
    policyConfiguration: "configuration" in policy ? policy.configuration : undefined,
    variableFiles: job.varFiles,
    environmentValues: Object.fromEntries(job.check.values.map(({ path, text }) => [path, text])),
    valuesOf: Object.fromEntries(job.check.values.flatMap(({ path, of }) => (of === undefined ? [] : [[path, of]]))),
    ...regoRequests(job.check, opa ?? ""),
    scanners: {
      tools: config.scanners.map(({ tool }) => tool),
      directory: "/tmp",
      policies: Object.fromEntries(
        job.check.rego.filter(({ path }) => path.endsWith(".sentinel")).map(({ path, text }) => [path, text]),
      ),
    },
  };
  return Buffer.concat([
    Buffer.from('{"planJson":'),
    readFileSync(run.planJson),
    Buffer.from(`,${JSON.stringify(rest).slice(1)}`),
  ]);
}
