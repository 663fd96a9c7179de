import { problem } from "@plumbline/contract/errors";
import type { Problem } from "@plumbline/contract/errors";
import { runScanners } from "./run-scanners.ts";
import type { RunScannersOptions } from "./run-scanners.ts";
import type { ScannerRequest, ScannerRun, ScannerSubject, ScannerTool } from "./scanner.ts";

/** Runs the scanners that a policy asks for. One that is not there, or is of another kind, is a failure, which blocks. */
export async function runRequestedScanners(
  requests: readonly ScannerRequest[],
  tools: readonly ScannerTool[],
  subject: ScannerSubject,
  options: RunScannersOptions,
): Promise<ScannerRun> {
  const chosen: ScannerTool[] = [];
  const failures: Problem[] = [];
  const skipped = new Map<string, ReadonlySet<string>>();
  for (const { name, kind, skip = [] } of requests) {
    const tool = tools.find((one) => one.name === name);
    if (tool?.kind === kind) {
      chosen.push(tool);
      skipped.set(name, new Set(skip));
    } else failures.push(problem("policy_unjudged", missing(name, kind, tool)));
  }
  const run = await runScanners(chosen, subject, options);
  return {
    ran: run.ran,
    findings: run.findings.filter(({ scanner, rule }) => !skipped.get(scanner)?.has(rule)),
    failures: [...failures, ...run.failures],
  };
}

function missing(name: string, kind: string, tool: ScannerTool | undefined): string {
  const asked = `policies/plumbline-policy.yaml asks for the scanner ${name} (${kind})`;
  if (tool) return `${asked}, but ${name} is configured here as ${tool.kind}.`;
  return `${asked}, which is not configured here.`;
}
