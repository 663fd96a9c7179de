import { effectivePolicy } from "../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import type { Finding } from "@plumbline/contract/findings";
import type { ScannerFinding, ScannerRun } from "../scanners/scanner.ts";
import { indexSources } from "../sources/source-index.ts";
import type { ScanOptions, ScanScanners, ScanSubject } from "./scan-input.ts";
import type { ScanFailure } from "./scan-report.ts";

/** What scanners found, given out to the parts of a scan. */
export interface ScannedParts {
  /** For one root module: what lies in its files. */
  forFiles: (files: ReadonlyMap<string, string>) => Promise<ScannerRun>;
  /** What no part was given. */
  rest: () => Promise<Finding[]>;
  failures: readonly ScanFailure[];
}

/** Starts the scanners over all that is scanned, once; undefined where none has to run. They judge plans and sources. */
export function startScanners(subject: ScanSubject, options: ScanOptions): ScannedParts | undefined {
  const { scanners } = options;
  if (!scanners || scanners.requests.length === 0) return undefined;
  if (subject.kind === "state") {
    const names = scanners.requests.map(({ name }) => name).join(", ");
    const next = "Scan the plan, or leave the scanner out.";
    const failures = [
      { message: `A state was not judged by ${names}: scanners read plans and sources.`, next, places: [] },
    ];
    return { forFiles: async () => ({ ran: [], findings: [], failures: [] }), rest: async () => [], failures };
  }
  const given = new Set<ScannerFinding>();
  const running = run(subject, scanners);
  return {
    failures: [],
    async forFiles(files) {
      const all = await running;
      const isOwn = ({ place }: ScannerFinding): boolean => place === undefined || files.has(place.file);
      const findings = all.findings.filter(isOwn);
      for (const finding of findings) given.add(finding);
      return { ...all, findings };
    },
    async rest() {
      const all = await running;
      const left = all.findings.filter((finding) => !given.has(finding));
      if (left.length === 0) return [];
      const { mergeFindings } = await import("../scanners/merge.ts");
      const policy = effectivePolicy(
        options.policyConfiguration ?? defaultPolicyConfiguration,
        options.environment ?? "",
        "",
      );
      const index = indexSources(new Map(), ".");
      const merged = mergeFindings([], left, { resources: [], index, policy, severityOf: () => undefined });
      return merged.added.map(({ finding }) => finding);
    },
  };
}

async function run(
  { kind, plan, files }: ScanSubject,
  { requests, tools, policies, ...options }: ScanScanners,
): Promise<ScannerRun> {
  const { runRequestedScanners } = await import("../scanners/requested.ts");
  const subject = { ...(kind === "plan" ? { plan } : {}), files, ...(policies ? { policies } : {}) };
  return runRequestedScanners(requests, tools, subject, options);
}
