import { readFile } from "node:fs/promises";
import { Problem, problem } from "@plumbline/contract/errors";
import { runProgram } from "../rego/run-program.ts";
import type { ProgramResult, RunProgram } from "../rego/run-program.ts";
import { isObject, objectAt, objectsAt, stringAt } from "../resources/json.ts";
import { withoutCanary } from "./canary.ts";
import { checkovArguments, readCheckov } from "./checkov.ts";
import { readSarif, sarifArguments } from "./sarif-input.ts";
import type { PlannedResource, Reading, ScannerFinding, ScannerRun, ScannerSubject, ScannerTool } from "./scanner.ts";
import { runSentinel } from "./sentinel.ts";
import { readTrivy, trivyArguments } from "./trivy.ts";
import { inWorkspace } from "./workspace.ts";
import type { ScannerWorkspace } from "./workspace.ts";

export interface RunScannersOptions {
  /** An existing directory in which private ones are made and removed again. */
  directory: string;
  run?: RunProgram;
}

const defaultTimeoutSeconds = 300;

/** A scanner says a lot about a large plan. */
const mostOutput = 400 * 1024 * 1024;

/**
 * Runs scanners side by side. Never throws: one that cannot be run, takes too long, or gives an answer that cannot be read
 * is among the failures, which block.
 */
export async function runScanners(
  tools: readonly ScannerTool[],
  subject: ScannerSubject,
  options: RunScannersOptions,
): Promise<ScannerRun> {
  const ended = await Promise.all(
    tools.map((tool) =>
      runScanner(tool, subject, options).then(
        (findings) => ({ name: tool.name, findings: findings.map((finding) => placedIn(subject, finding)) }),
        (fault: unknown) => ({ failure: failureOf(tool.name, fault) }),
      ),
    ),
  );
  return {
    ran: ended.flatMap((one) => ("name" in one ? [one.name] : [])),
    findings: ended.flatMap((one) => ("name" in one ? one.findings : [])),
    failures: ended.flatMap((one) => ("failure" in one ? [one.failure] : [])),
  };
}

/** A place is a line of a file that the scanner was given; what names another path has none. */
function placedIn({ files }: ScannerSubject, finding: ScannerFinding): ScannerFinding {
  const { place, ...rest } = finding;
  if (place === undefined) return finding;
  const line = Math.min(Math.trunc(place.line), Number.MAX_SAFE_INTEGER);
  return files.has(place.file) ? { ...rest, place: { ...place, line } } : rest;
}

async function runScanner(
  tool: ScannerTool,
  subject: ScannerSubject,
  { directory, run = runProgram }: RunScannersOptions,
): Promise<ScannerFinding[]> {
  const isCanaried = tool.kind === "checkov" || tool.kind === "trivy";
  return inWorkspace(directory, subject, isCanaried, async (workspace) => {
    const reading: Reading = {
      scanner: tool.name,
      isPlan: workspace.plan !== undefined,
      resources: plannedResources(subject.plan),
      sourceOf: workspace.sourceOf,
    };
    const start = (args: readonly string[]) => startScanner(tool, args, workspace, run);
    switch (tool.kind) {
      case "checkov":
        return withoutCanary(readCheckov(expectZero(await start(checkovArguments(workspace))), reading));
      case "trivy":
        return withoutCanary(readTrivy(expectZero(await start(trivyArguments(workspace))), reading));
      case "sarif":
        return readSarif(await sarifAnswer(tool, await start(sarifArguments(tool, workspace)), workspace), reading);
      case "sentinel":
        return runSentinel(subject, workspace, reading, start);
    }
  });
}

async function startScanner(
  { program, timeoutSeconds = defaultTimeoutSeconds }: ScannerTool,
  args: readonly string[],
  { home }: ScannerWorkspace,
  run: RunProgram,
): Promise<ProgramResult> {
  const environment = {
    HOME: home,
    TMPDIR: home,
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "C.UTF-8",
    PYTHONDONTWRITEBYTECODE: "1",
  };
  const result = await run(program, args, {
    timeoutMs: timeoutSeconds * 1000,
    outputBytes: mostOutput,
    environment,
    directory: home,
  });
  if (result.stopped === "time") throw new Error(`it took longer than ${timeoutSeconds} s`);
  if (result.stopped === "output") throw new Error("it said more than 400 MB");
  return result;
}

function expectZero({ exitCode, stdout, stderr }: ProgramResult): string {
  if (exitCode === 0) return stdout;
  throw new Error(`it ended with ${exitCode ?? "a signal"}: ${lastLines(stderr) || "it said nothing"}`);
}

/** What a producer of SARIF wrote to its output file, or printed where it wrote none. */
async function sarifAnswer(tool: ScannerTool, result: ProgramResult, { output }: ScannerWorkspace): Promise<string> {
  const { exitCode, stderr } = result;
  if (exitCode === null || !(tool.exitCodes ?? [0, 1]).includes(exitCode))
    throw new Error(`it ended with ${exitCode ?? "a signal"}: ${lastLines(stderr) || "it said nothing"}`);
  return readFile(output, "utf8").catch(() => result.stdout);
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-3).join(" ").slice(-500);
}

/** The managed resources that will be there. */
function plannedResources(plan: unknown): PlannedResource[] {
  return objectsAt(plan, "resource_changes")
    .filter((change) => change["mode"] === "managed" && isObject(objectAt(change, "change")["after"]))
    .map((change) => ({
      address: stringAt(change, "address") ?? "",
      moduleAddress: stringAt(change, "module_address") ?? "",
      type: stringAt(change, "type") ?? "",
      name: stringAt(change, "name") ?? "",
    }));
}

function failureOf(name: string, fault: unknown): Problem {
  if (fault instanceof Problem) return fault;
  const said = fault instanceof Error ? fault.message : String(fault);
  return problem("policy_unjudged", `The scanner ${name} has not judged this: ${said.replace(/\.$/, "")}.`, {
    cause: fault,
  });
}
